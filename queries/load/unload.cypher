// Which loads of this source does the journal name? They are being taken back.
// $slug: string
MATCH (l:Load {source: $slug})
DELETE l
