// What search and counts ask: words of names, terms of texts, relationships by their end. Records made before have none
// of it yet, hence
// +derive

// Uniqueness comes first: entities share a word, and MERGE by its key is only safe with it.
CREATE CONSTRAINT word_key IF NOT EXISTS FOR (n:Word) REQUIRE n.key IS UNIQUE;
CREATE INDEX edge_HAS_WORD IF NOT EXISTS FOR ()-[x:HAS_WORD]-() ON (x.key, x.sortKey);
CREATE INDEX relationship_byEnd IF NOT EXISTS FOR (n:Relationship) ON (n.byEnd, n.dateSort);

// Keys and terms are words already, each for itself. What was written is found at once.
CREATE FULLTEXT INDEX spelling IF NOT EXISTS FOR (n:Word) ON EACH [n.spellings]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}};
CREATE FULLTEXT INDEX text IF NOT EXISTS FOR (n:Statement|Source) ON EACH [n.terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}};
