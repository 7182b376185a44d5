-- Up to when each signal was forgotten because the file was no smaller than so many bytes.
-- Parameters: :size
SELECT signal, before FROM forgotten WHERE size >= :size;
