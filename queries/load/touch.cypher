// Which ties and actors has this transaction touched? Noted for whoever keeps a copy of the ties.
// $pairs: list of string, uids: from, to, from, to ...; null: read everything anew
// $actors: list of string, uids of actors renamed, gone, or asked otherwise
CREATE (:Touched {uid: randomUUID(), at: timestamp(), pairs: $pairs, actors: $actors})
