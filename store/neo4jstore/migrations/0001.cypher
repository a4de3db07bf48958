// The first schema. A statement ends with ';' at the end of a line.

// Uniqueness comes first: MERGE by id is only safe with it.
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT op_key IF NOT EXISTS FOR (n:Op) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT migration_version IF NOT EXISTS FOR (n:_Migration) REQUIRE n.version IS UNIQUE;

// Lists by a value of the record: its records in order.
CREATE INDEX record_class IF NOT EXISTS FOR (n:Record) ON (n.class, n.sortKey);
CREATE INDEX record_classDataset IF NOT EXISTS FOR (n:Record) ON (n.classDataset, n.sortKey);
CREATE INDEX entity_type IF NOT EXISTS FOR (n:Entity) ON (n.type, n.sortKey);
CREATE INDEX entity_kind IF NOT EXISTS FOR (n:Entity) ON (n.kind, n.sortKey);
CREATE INDEX event_eventByDate IF NOT EXISTS FOR (n:Event) ON (n.eventByDate, n.dateSort);
CREATE INDEX relationship_from IF NOT EXISTS FOR (n:Relationship) ON (n.from, n.sortKey);
CREATE INDEX relationship_to IF NOT EXISTS FOR (n:Relationship) ON (n.to, n.sortKey);
CREATE INDEX relationship_fromType IF NOT EXISTS FOR (n:Relationship) ON (n.fromType, n.sortKey);
CREATE INDEX relationship_toType IF NOT EXISTS FOR (n:Relationship) ON (n.toType, n.sortKey);
CREATE INDEX relationship_pair IF NOT EXISTS FOR (n:Relationship) ON (n.pair, n.sortKey);
CREATE INDEX relationship_mirror IF NOT EXISTS FOR (n:Relationship) ON (n.mirror, n.sortKey);
CREATE INDEX relationship_type IF NOT EXISTS FOR (n:Relationship) ON (n.type, n.sortKey);
CREATE INDEX statement_stmtKind IF NOT EXISTS FOR (n:Statement) ON (n.stmtKind, n.sortKey);
CREATE INDEX statement_joint IF NOT EXISTS FOR (n:Statement) ON (n.joint, n.sortKey);
CREATE INDEX statement_medium IF NOT EXISTS FOR (n:Statement) ON (n.medium, n.sortKey);
CREATE INDEX source_sourceKind IF NOT EXISTS FOR (n:Source) ON (n.sourceKind, n.sortKey);

// Lists by a name or an identifier.
CREATE INDEX name_key IF NOT EXISTS FOR (n:Name) ON (n.key, n.sortKey);
CREATE INDEX identifier_key IF NOT EXISTS FOR (n:Identifier) ON (n.key, n.sortKey);

// Lists by what the record refers to.
CREATE INDEX edge_EVENT_ABOUT IF NOT EXISTS FOR ()-[x:EVENT_ABOUT]-() ON (x.key, x.sortKey);
CREATE INDEX edge_SPEAKER IF NOT EXISTS FOR ()-[x:SPEAKER]-() ON (x.key, x.sortKey);
CREATE INDEX edge_ON_BEHALF_OF IF NOT EXISTS FOR ()-[x:ON_BEHALF_OF]-() ON (x.key, x.sortKey);
CREATE INDEX edge_ABOUT IF NOT EXISTS FOR ()-[x:ABOUT]-() ON (x.key, x.sortKey);
CREATE INDEX edge_AUDIENCE IF NOT EXISTS FOR ()-[x:AUDIENCE]-() ON (x.key, x.sortKey);
CREATE INDEX edge_AT_EVENT IF NOT EXISTS FOR ()-[x:AT_EVENT]-() ON (x.key, x.sortKey);
CREATE INDEX edge_REPLY_TO IF NOT EXISTS FOR ()-[x:REPLY_TO]-() ON (x.key, x.sortKey);
CREATE INDEX edge_CONTRADICTS IF NOT EXISTS FOR ()-[x:CONTRADICTS]-() ON (x.key, x.sortKey);
CREATE INDEX edge_SUPPORTS_STATEMENT IF NOT EXISTS FOR ()-[x:SUPPORTS_STATEMENT]-() ON (x.key, x.sortKey);
CREATE INDEX edge_REPEATS IF NOT EXISTS FOR ()-[x:REPEATS]-() ON (x.key, x.sortKey);
CREATE INDEX edge_EVIDENCE IF NOT EXISTS FOR ()-[x:EVIDENCE]-() ON (x.key, x.sortKey);
CREATE INDEX edge_ATTRIBUTED_TO IF NOT EXISTS FOR ()-[x:ATTRIBUTED_TO]-() ON (x.key, x.sortKey);
CREATE INDEX edge_PUBLISHED_BY IF NOT EXISTS FOR ()-[x:PUBLISHED_BY]-() ON (x.key, x.sortKey);
CREATE INDEX edge_SOURCED_FROM IF NOT EXISTS FOR ()-[x:SOURCED_FROM]-() ON (x.key, x.sortKey);
CREATE INDEX edge_REFERENCES IF NOT EXISTS FOR ()-[x:REFERENCES]-() ON (x.key, x.sortKey);
CREATE INDEX edge_CREDITED_TO IF NOT EXISTS FOR ()-[x:CREDITED_TO]-() ON (x.key, x.sortKey);
CREATE INDEX edge_IN_SOURCE IF NOT EXISTS FOR ()-[x:IN_SOURCE]-() ON (x.key, x.sortKey);
CREATE INDEX edge_MENTIONS IF NOT EXISTS FOR ()-[x:MENTIONS]-() ON (x.key, x.sortKey);
