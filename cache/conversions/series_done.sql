-- Nothing is left to carry over.
-- Parameters: none
DROP TABLE datapoint;
