// What lies near: neomodel declares no point index.
CREATE POINT INDEX locations IF NOT EXISTS
FOR (n:Place) ON (n.location);
