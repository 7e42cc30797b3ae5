// Who has been asked to introduce whom to whom? Noted once a day.
// $uid: string
// $of, $by, $to: strings, uids of the go-between, of who asks, and of whom they wish to meet
// $on: date as text
MERGE (k:Ask {uid: $uid})
ON CREATE SET k.of = $of, k.by = $by, k.to = $to, k.on = $on
