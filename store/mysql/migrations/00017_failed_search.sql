-- +goose Up

-- What was searched and not found: folded and cut, without anything that looks like somebody's. Nobody is told apart.
CREATE TABLE failed_search (
  language CHAR(2)      NOT NULL COMMENT 'of the page',
  day      DATE         NOT NULL COMMENT 'UTC',
  query    VARCHAR(80)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  times    INT UNSIGNED NOT NULL,
  batch    CHAR(16)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the last writing: written again it changes nothing',
  PRIMARY KEY (language, day, query),
  KEY (day)
);

-- +goose Down
DROP TABLE failed_search;
