-- +goose Up

-- Files that crawlers fetch (package crawl): sitemaps and feeds, each one gzip member in parts. A file that is whole replaces the older ones of its name.
CREATE TABLE crawl_file (
  id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  market  CHAR(2)         NOT NULL,
  path    VARCHAR(120)    NOT NULL,
  whole   BOOLEAN         NOT NULL DEFAULT FALSE,
  tag     VARCHAR(40)     NOT NULL DEFAULT '',
  size    BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'compressed',
  plain   BIGINT UNSIGNED NOT NULL DEFAULT 0,
  parts   INT UNSIGNED    NOT NULL DEFAULT 0,
  made_at DATETIME(6)     NOT NULL COMMENT 'when this content was first made',
  at      DATETIME(6)     NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  KEY (market, path)
);

CREATE TABLE crawl_part (
  file_id BIGINT UNSIGNED NOT NULL,
  number  INT UNSIGNED    NOT NULL,
  body    MEDIUMBLOB      NOT NULL,
  PRIMARY KEY (file_id, number)
);

-- What a page said when somebody looked, by a hash, and when that changed: lastmod.
CREATE TABLE crawl_page (
  market     CHAR(2)         NOT NULL,
  locale     VARCHAR(12)     NOT NULL,
  page_id    INT UNSIGNED    NOT NULL,
  hash       BIGINT UNSIGNED NOT NULL COMMENT '0: not to be listed',
  changed_at DATETIME(6)     NOT NULL,
  PRIMARY KEY (market, locale, page_id)
);

-- +goose Down
DROP TABLE crawl_page, crawl_part, crawl_file;
