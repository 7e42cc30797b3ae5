// How sure a bridge is asks of each tie how likely it holds: all ties are to be worked out anew, by
// `tieline ties refresh` or when `tieline serve` begins.
MATCH (f:Field) SET f.pending = true;
