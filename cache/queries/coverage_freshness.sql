-- When each signal was last asked for in any scope.
-- Parameters: none
SELECT signal, max(at) FROM asked GROUP BY signal;
