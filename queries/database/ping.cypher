// Is anybody there?
RETURN 1 AS here
