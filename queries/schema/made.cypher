// Which migration was made just now?
// $name: string, of its file
// $checksum: string, of its text
MERGE (m:Migration {name: $name})
SET m.checksum = $checksum, m.at = toString(datetime())
