// Written by generate.mjs from operations/ and schema.graphqls; not to be edited.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/**
 * How like a hit is to what was asked for, from the likest on. A word is near another if one insertion, deletion, exchange or
 * swap of neighbours leads there, from 8 letters on two; below 4 letters, and with digits, only the very word counts.
 */
export type SearchMatch =
  /** A name is just that. */
  | 'EXACT'
  /** A name begins with it. */
  | 'PREFIX'
  /** A name has all the words, in any order. */
  | 'WORDS'
  /** So, but the last word is only the beginning of one. */
  | 'BEGINNINGS'
  /** So, but for slips of spelling: words near each other. */
  | 'FUZZY'
  /** So, but some words sound alike, as a name does that is written after the sounds of another language (Daitch–Mokotoff): Selenskyj and Zelensky. */
  | 'TRANSLITERATED'
  /** The text of a statement, or the title and text of a source, has all the words. */
  | 'TEXT';

/** What a hit can be: a type of entity, a statement or a source. */
export type SearchType =
  | 'PERSON'
  | 'ORGANIZATION'
  | 'POSITION'
  | 'PLACE'
  | 'EVENT'
  | 'TOPIC'
  | 'STATEMENT'
  | 'SOURCE';

/** A kind of organization, of statement or of source. */
export type SearchKind =
  | 'STATE'
  | 'INTERGOVERNMENTAL'
  | 'GOVERNMENT_BODY'
  | 'PARTY'
  | 'COMPANY'
  | 'MEDIA'
  | 'NGO'
  | 'GROUP'
  | 'DIRECT'
  | 'INDIRECT'
  | 'MIXED'
  | 'ATTRIBUTED'
  | 'ARTICLE'
  | 'DOCUMENT'
  | 'DATASET'
  | 'POST'
  | 'VIDEO'
  /** Of organizations and of sources. */
  | 'OTHER';

/** What an item of a timeline is. */
export type TimelineKind =
  /** An event, by its start. */
  | 'EVENT'
  /** A relationship began. */
  | 'START'
  /** A relationship ended. */
  | 'END'
  /** Somebody said something. */
  | 'STATEMENT';

/** How long the buckets of a timeline are. */
export type Resolution =
  | 'DAY'
  | 'MONTH'
  | 'YEAR';

/** The type of an entity. */
export type EntityType =
  | 'PERSON'
  | 'ORGANIZATION'
  | 'POSITION'
  | 'PLACE'
  | 'EVENT'
  | 'TOPIC';

/** What an organization is. */
export type OrganizationKind =
  | 'STATE'
  | 'INTERGOVERNMENTAL'
  | 'GOVERNMENT_BODY'
  | 'PARTY'
  | 'COMPANY'
  | 'MEDIA'
  | 'NGO'
  | 'GROUP'
  | 'OTHER';

/** Whether an event happened. */
export type EventStatus =
  | 'HAPPENED'
  | 'ONGOING'
  | 'PLANNED'
  | 'PROPOSED'
  | 'HYPOTHETICAL'
  | 'CANCELLED';

/** What kind of name a name is. */
export type NameKind =
  | 'ALIAS'
  | 'FORMER'
  | 'ABBREVIATION'
  | 'TRANSLITERATED'
  | 'TRANSLATED'
  /** Of its people: Russian for Russia. */
  | 'DEMONYM'
  /** A name borrowed from another: Moscow for Russia. */
  | 'METONYM'
  /** So common that it hardly tells who is meant. */
  | 'WEAK';

/** What a relationship says; see relationshipTypes for what each may join. What fits none is OTHER with its role. */
export type RelationshipType =
  | 'MEMBER_OF'
  | 'HOLDS'
  | 'POSITION_IN'
  | 'EMPLOYED_BY'
  | 'LEADS'
  | 'REPRESENTS'
  | 'SPOKESPERSON_FOR'
  | 'OWNS'
  | 'DIRECTS'
  | 'PART_OF'
  | 'HEADQUARTERED_IN'
  | 'LOCATED_IN'
  | 'FAMILY_OF'
  | 'ASSOCIATE_OF'
  | 'ALLIED_WITH'
  | 'SUPPORTS'
  | 'OPPOSES'
  | 'OCCUPIES'
  | 'SANCTIONS'
  | 'PAID'
  | 'PARTICIPATED_IN'
  | 'ORGANIZED'
  | 'SUCCEEDED'
  | 'OTHER';

/** How a relationship is seen from one of its ends. A symmetric one goes both ways. */
export type Direction =
  | 'OUT'
  | 'IN'
  | 'ANY';

/** DESC of a list by date has the undated last too. */
export type OrderDirection =
  | 'ASC'
  | 'DESC';

/** Whether a relationship held on a date. CERTAIN: on any reading of its dates. POSSIBLE: a date is unknown or not exact enough. NO: on none. */
export type Validity =
  | 'CERTAIN'
  | 'POSSIBLE'
  | 'NO';

/** DIRECT: in the speaker's words. INDIRECT: in the source's. MIXED: both. ATTRIBUTED: a stance somebody is said to hold. */
export type StatementKind =
  | 'DIRECT'
  | 'INDIRECT'
  | 'MIXED'
  | 'ATTRIBUTED';

/** What a source is. */
export type SourceKind =
  | 'ARTICLE'
  | 'DOCUMENT'
  | 'DATASET'
  | 'POST'
  | 'VIDEO'
  | 'OTHER';

/** How a source names an entity. NOMINAL: by a description (the spokeswoman). PRONOUN: she. */
export type MentionKind =
  | 'NAME'
  | 'ALIAS'
  | 'DEMONYM'
  | 'METONYM'
  | 'NOMINAL'
  | 'PRONOUN';

/** How evidence came to be asserted: read by a person, brought by an import, found by a program. */
export type EvidenceMethod =
  | 'HUMAN'
  | 'IMPORT'
  | 'EXTRACTOR';

/** Chooses statements: any within a field, all fields together. At most 100 values a field. */
export type StatementFilter = {
  /** Who said it or on whose behalf it was said. */
  by?: Array<string> | null | undefined;
  /** Said by any of these. */
  speakers?: Array<string> | null | undefined;
  /** Said on behalf of any of these. */
  onBehalfOf?: Array<string> | null | undefined;
  /** About any of these. */
  about?: Array<string> | null | undefined;
  /** Said at any of these events. */
  atEvent?: Array<string> | null | undefined;
  /** Addressed to any of these. */
  audience?: Array<string> | null | undefined;
  /** Given in any of these ways. */
  kind?: Array<StatementKind> | null | undefined;
  /** By more than one speaker, or by just one. */
  joint?: boolean | null | undefined;
  /** Free text, compared without case and accents. */
  medium?: Array<string> | null | undefined;
  /** Of the evidence. */
  source?: Array<string> | null | undefined;
  /** Leaves out the undated. */
  between?: DateRange | null | undefined;
  /** Of any of these datasets. */
  dataset?: Array<string> | null | undefined;
};

/** From the earliest day of `from` to the latest of `to`; one of them may be left out. A date that can lie within it is kept. */
export type DateRange = {
  /** Its earliest day counts. */
  from?: string | null | undefined;
  /** Its latest day counts. */
  to?: string | null | undefined;
};

export type CommonNeighboursQueryVariables = Exact<{
  ids: Array<string> | string;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
  limit: number;
}>;


export type CommonNeighboursQuery = { nodes: Array<
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | Record<PropertyKey, never>
   | null>, commonNeighbours: { totalCount: number, incomplete: boolean, cut: Array<
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
    >, nodes: Array<{ degree: number, entity:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      , ties: Array<{ linkCount: number, from:
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
        , to:
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
        , links: Array<{ phrase: string, role: string | null, startDate: string | null, endDate: string | null, record:
            | { __typename: 'Person', id: string }
            | { __typename: 'Organization', id: string }
            | { __typename: 'Position', id: string }
            | { __typename: 'Place', id: string }
            | { __typename: 'Event', id: string }
            | { __typename: 'Topic', id: string }
            | { __typename: 'Relationship', id: string }
            | { __typename: 'Statement', text: string, kind: StatementKind, id: string }
            | { __typename: 'Source', id: string }
            | { __typename: 'Mention', id: string }
            | { __typename: 'Dataset', id: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }> }> } };

export type EntityQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
}>;


export type EntityQuery = { entity:
    | { __typename: 'Person', gender: string | null, birthDate: string | null, deathDate: string | null, countries: Array<string>, description: string | null, stub: boolean, id: string, type: EntityType, name: string, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
    | { __typename: 'Organization', country: string | null, classification: string | null, foundingDate: string | null, dissolutionDate: string | null, description: string | null, stub: boolean, id: string, type: EntityType, name: string, organizationKind: OrganizationKind, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
    | { __typename: 'Position', description: string | null, stub: boolean, id: string, type: EntityType, name: string, positionCountry: string | null, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
    | { __typename: 'Place', latitude: number | null, longitude: number | null, description: string | null, stub: boolean, id: string, type: EntityType, name: string, placeClass: string | null, placeCountry: string | null, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
    | { __typename: 'Event', startDate: string | null, endDate: string | null, status: EventStatus, outcome: string | null, description: string | null, stub: boolean, id: string, type: EntityType, name: string, eventKind: string | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          > } | null }>, about: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
    | { __typename: 'Topic', description: string | null, stub: boolean, id: string, type: EntityType, name: string, names: Array<{ value: string, kind: NameKind, language: string | null, startDate: string | null, endDate: string | null }>, identifiers: Array<{ scheme: string, value: string }>, links: Array<{ url: string, note: string | null }>, dataset: { id: string, name: string, title: string | null } | null, relationshipCounts: Array<{ type: RelationshipType, total: number }>, statementsMade: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, statementsAbout: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }, events: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, eventKind: string | null }> }, sources: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, title: string, publishedDate: string | null }> } }
   | null };

export type EntityRelationshipsQueryVariables = Exact<{
  id: string;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  orderBy?: OrderDirection | null | undefined;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type EntityRelationshipsQuery = { entity:
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
    | { id: string, relationships: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }> } }
   | null };

export type LinkedFragment = { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  , to:
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      > } | null }> };

export type SaidFragment = { id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  >, onBehalfOf: Array<
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  >, about: Array<
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  >, audience: Array<
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      > } | null }> };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { stats: { entities: number, relationships: number, statements: number, sources: number, entitiesByType: Array<{ type: EntityType, count: number }> }, events: { nodes: Array<{ startDate: string | null, endDate: string | null, status: EventStatus, kind: string | null, id: string, type: EntityType, name: string }> }, sources: { nodes: Array<{ id: string, title: string, kind: SourceKind, publishedDate: string | null, publisher:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
       | null }> } };

type Named_Person_Fragment = { id: string, type: EntityType, name: string };

type Named_Organization_Fragment = { id: string, type: EntityType, name: string };

type Named_Position_Fragment = { id: string, type: EntityType, name: string };

type Named_Place_Fragment = { id: string, type: EntityType, name: string };

type Named_Event_Fragment = { id: string, type: EntityType, name: string };

type Named_Topic_Fragment = { id: string, type: EntityType, name: string };

export type NamedFragment =
  | Named_Person_Fragment
  | Named_Organization_Fragment
  | Named_Position_Fragment
  | Named_Place_Fragment
  | Named_Event_Fragment
  | Named_Topic_Fragment
;

export type NetworkQueryVariables = Exact<{
  ids: Array<string> | string;
  depth: number;
  limit: number;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  statements?: boolean | null | undefined;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
}>;


export type NetworkQuery = { network: { more: number, incomplete: boolean, nodes: Array<{ entity:
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
       }>, ties: Array<{ linkCount: number, from:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , to:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
      , links: Array<{ direction: Direction, phrase: string, role: string | null, startDate: string | null, endDate: string | null, record:
          | { __typename: 'Person', id: string }
          | { __typename: 'Organization', id: string }
          | { __typename: 'Position', id: string }
          | { __typename: 'Place', id: string }
          | { __typename: 'Event', id: string }
          | { __typename: 'Topic', id: string }
          | { __typename: 'Relationship', type: RelationshipType, id: string }
          | { __typename: 'Statement', text: string, id: string }
          | { __typename: 'Source', id: string }
          | { __typename: 'Mention', id: string }
          | { __typename: 'Dataset', id: string }
        , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            > } | null }> }> }>, cut: Array<
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
    > } };

export type NetworkPathsQueryVariables = Exact<{
  from: string;
  to: string;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  statements?: boolean | null | undefined;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
}>;


export type NetworkPathsQuery = { paths: { incomplete: boolean, paths: Array<{ length: number, hops: Array<{ linkCount: number, from:
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        , to:
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
          | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
        , links: Array<{ direction: Direction, phrase: string, role: string | null, startDate: string | null, endDate: string | null, record:
            | { __typename: 'Person', id: string }
            | { __typename: 'Organization', id: string }
            | { __typename: 'Position', id: string }
            | { __typename: 'Place', id: string }
            | { __typename: 'Event', id: string }
            | { __typename: 'Topic', id: string }
            | { __typename: 'Relationship', type: RelationshipType, id: string }
            | { __typename: 'Statement', text: string, id: string }
            | { __typename: 'Source', id: string }
            | { __typename: 'Mention', id: string }
            | { __typename: 'Dataset', id: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> }> }>, cut: Array<
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
    > } };

export type NetworkEntitiesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NetworkEntitiesQuery = { nodes: Array<
    | { __typename: 'Person', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Organization', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Position', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Place', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Event', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Topic', id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { __typename: 'Relationship' }
    | { __typename: 'Statement' }
    | { __typename: 'Source' }
    | { __typename: 'Mention' }
    | { __typename: 'Dataset' }
   | null> };

export type NetworkExpansionQueryVariables = Exact<{
  id: string;
  type: RelationshipType;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type NetworkExpansionQuery = { entity:
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
    | { id: string, type: EntityType, name: string, relationships: { totalCount: number | null, totalCountAtLeast: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , to:
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
              | { id: string, type: EntityType, name: string }
            , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                  | { id: string, type: EntityType, name: string }
                > } | null }> }, other:
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
            | { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
           | null }> }, relationshipCounts: Array<{ type: RelationshipType, total: number }> }
   | null };

export type NetworkBetweenQueryVariables = Exact<{
  ids: Array<string> | string;
  with: Array<string> | string;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
}>;


export type NetworkBetweenQuery = { nodes: Array<
    | { __typename: 'Person', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Organization', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Position', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Place', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Event', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Topic', id: string, relationships: { nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | { __typename: 'Relationship' }
    | { __typename: 'Statement' }
    | { __typename: 'Source' }
    | { __typename: 'Mention' }
    | { __typename: 'Dataset' }
   | null> };

type Counted_Person_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

type Counted_Organization_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

type Counted_Position_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

type Counted_Place_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

type Counted_Event_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

type Counted_Topic_Fragment = { id: string, type: EntityType, name: string, relationshipCounts: Array<{ type: RelationshipType, total: number }> };

export type CountedFragment =
  | Counted_Person_Fragment
  | Counted_Organization_Fragment
  | Counted_Position_Fragment
  | Counted_Place_Fragment
  | Counted_Event_Fragment
  | Counted_Topic_Fragment
;

export type JoiningFragment = { direction: Direction, phrase: string, role: string | null, startDate: string | null, endDate: string | null, record:
    | { __typename: 'Person', id: string }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Position', id: string }
    | { __typename: 'Place', id: string }
    | { __typename: 'Event', id: string }
    | { __typename: 'Topic', id: string }
    | { __typename: 'Relationship', type: RelationshipType, id: string }
    | { __typename: 'Statement', text: string, id: string }
    | { __typename: 'Source', id: string }
    | { __typename: 'Mention', id: string }
    | { __typename: 'Dataset', id: string }
  , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      > } | null }> };

export type SuggestQueryVariables = Exact<{
  prefix: string;
}>;


export type SuggestQuery = { suggest: Array<{ match: SearchMatch, name: string | null, nameKind: NameKind | null, node:
      | { description: string | null, id: string, type: EntityType, name: string }
      | { description: string | null, id: string, type: EntityType, name: string }
      | { description: string | null, id: string, type: EntityType, name: string }
      | { description: string | null, id: string, type: EntityType, name: string }
      | { description: string | null, id: string, type: EntityType, name: string }
      | { description: string | null, id: string, type: EntityType, name: string }
      | Record<PropertyKey, never>
     }> };

export type SearchQueryVariables = Exact<{
  query: string;
  types?: Array<SearchType> | SearchType | null | undefined;
  kinds?: Array<SearchKind> | SearchKind | null | undefined;
  sources?: Array<string> | string | null | undefined;
  between?: DateRange | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { totalCount: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ match: SearchMatch, name: string | null, nameKind: NameKind | null, words: Array<{ asked: string, found: string, match: SearchMatch }>, snippet: { field: string, text: string | null, start: number, highlights: Array<{ start: number, end: number }> }, node:
        | { __typename: 'Person', description: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Organization', description: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Position', description: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Place', description: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Event', description: string | null, startDate: string | null, endDate: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Topic', description: string | null, id: string, type: EntityType, name: string }
        | { __typename: 'Relationship' }
        | { __typename: 'Statement', id: string, kind: StatementKind, date: string | null, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }
        | { __typename: 'Source', id: string, title: string, publishedDate: string | null, sourceKind: SourceKind, publisher:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           | null }
        | { __typename: 'Mention' }
        | { __typename: 'Dataset' }
       }>, facets: { types: Array<{ value: SearchType, count: number }>, kinds: Array<{ value: SearchKind, count: number }>, sources: Array<{ value: string, count: number, source: { title: string } | null }>, years: Array<{ value: number, count: number }> } } };

export type QuoteFragment = { exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
      | { id: string, type: EntityType, name: string }
    > } | null };

export type SourceQueryVariables = Exact<{
  id: string;
}>;


export type SourceQuery = { node:
    | { __typename: 'Person' }
    | { __typename: 'Organization' }
    | { __typename: 'Position' }
    | { __typename: 'Place' }
    | { __typename: 'Event' }
    | { __typename: 'Topic' }
    | { __typename: 'Relationship' }
    | { __typename: 'Statement' }
    | { __typename: 'Source', id: string, kind: SourceKind, title: string, authors: Array<string>, url: string | null, archivedUrl: string | null, publishedDate: string | null, retrievedDate: string | null, language: string | null, text: string | null, contentHash: string | null, publisher:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
       | null, sourcedFrom: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, creditedTo: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, dataset: { name: string, title: string | null } | null }
    | { __typename: 'Mention' }
    | { __typename: 'Dataset' }
   | null };

export type SourceMentionsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type SourceMentionsQuery = { node:
    | { mentions: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: MentionKind, exact: string, start: number | null, end: number | null, entity:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
           }> } }
    | Record<PropertyKey, never>
   | null };

export type SourceStatementsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type SourceStatementsQuery = { node:
    | { statements: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | Record<PropertyKey, never>
   | null };

export type SourceRelationshipsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type SourceRelationshipsQuery = { node:
    | { relationships: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, type: RelationshipType, role: string | null, startDate: string | null, endDate: string | null, validity: Validity, amount: { minor: string, currency: string } | null, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }> } }
    | Record<PropertyKey, never>
   | null };

export type RelationshipTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type RelationshipTypesQuery = { relationshipTypes: Array<{ type: RelationshipType, forwards: string, backwards: string, symmetric: boolean }> };

export type StatementsQueryVariables = Exact<{
  filter?: StatementFilter | null | undefined;
  asOf?: string | null | undefined;
  certainOnly?: boolean | null | undefined;
  orderBy?: OrderDirection | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type StatementsQuery = { statements: { totalCount: number | null, totalCountAtLeast: number, cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, onBehalfOf: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, about: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, audience: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          > } | null }> }> } };

export type NamesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type NamesQuery = { nodes: Array<
    | { __typename: 'Person', id: string, type: EntityType, name: string }
    | { __typename: 'Organization', id: string, type: EntityType, name: string }
    | { __typename: 'Position', id: string, type: EntityType, name: string }
    | { __typename: 'Place', id: string, type: EntityType, name: string }
    | { __typename: 'Event', id: string, type: EntityType, name: string }
    | { __typename: 'Topic', id: string, type: EntityType, name: string }
    | { __typename: 'Relationship' }
    | { __typename: 'Statement' }
    | { __typename: 'Source', id: string, title: string }
    | { __typename: 'Mention' }
    | { __typename: 'Dataset' }
   | null> };

export type StatementFacetsQueryVariables = Exact<{
  filter?: StatementFilter | null | undefined;
}>;


export type StatementFacetsQuery = { statementCounts: { cut: boolean, speakers: Array<{ count: number, entity:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
       }>, subjects: Array<{ count: number, entity:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
       }>, kinds: Array<{ kind: StatementKind, count: number }>, months: Array<{ month: string, count: number }> } };

export type JointCountsQueryVariables = Exact<{
  joint?: StatementFilter | null | undefined;
  single?: StatementFilter | null | undefined;
}>;


export type JointCountsQuery = { joint: { count: number, cut: boolean }, single: { count: number, cut: boolean } };

export type StatementMatrixQueryVariables = Exact<{
  filter?: StatementFilter | null | undefined;
  size: number;
  onBehalfOf: boolean;
}>;


export type StatementMatrixQuery = { statementCounts: { cut: boolean, matrix: { columns: Array<{ count: number, entity:
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
         }>, rows: Array<{ count: number, counts: Array<number>, entity:
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
          | { id: string, type: EntityType, name: string }
         }> } } };

export type TimelineExtentQueryVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
  kinds?: Array<TimelineKind> | TimelineKind | null | undefined;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
}>;


export type TimelineExtentQuery = { earliest: { nodes: Array<{ first: string, last: string | null }> }, latest: { nodes: Array<{ first: string, last: string | null }> } };

export type TimelineItemsQueryVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
  between?: DateRange | null | undefined;
  kinds?: Array<TimelineKind> | TimelineKind | null | undefined;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TimelineItemsQuery = { timeline: { cut: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ kind: TimelineKind, date: string, first: string, last: string | null, record:
        | { __typename: 'Person' }
        | { __typename: 'Organization' }
        | { __typename: 'Position' }
        | { __typename: 'Place' }
        | { __typename: 'Event', startDate: string | null, endDate: string | null, status: EventStatus, id: string, type: EntityType, name: string, about: Array<
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          >, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }
        | { __typename: 'Topic' }
        | { __typename: 'Relationship', id: string, role: string | null, startDate: string | null, endDate: string | null, relation: RelationshipType, from:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , to:
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }
        | { __typename: 'Statement', id: string, kind: StatementKind, text: string, date: string | null, medium: string | null, joint: boolean, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, onBehalfOf: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, about: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, audience: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          >, atEvent: { id: string, type: EntityType, name: string } | null, evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
                | { id: string, type: EntityType, name: string }
              > } | null }> }
        | { __typename: 'Source' }
        | { __typename: 'Mention' }
        | { __typename: 'Dataset' }
       }> } };

export type TimelineBucketsQueryVariables = Exact<{
  ids?: Array<string> | string | null | undefined;
  between?: DateRange | null | undefined;
  kinds?: Array<TimelineKind> | TimelineKind | null | undefined;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  resolution: Resolution;
}>;


export type TimelineBucketsQuery = { timeline: { totalCount: number | null, totalCountAtLeast: number, buckets: Array<{ date: string, count: number, events: number, starts: number, ends: number, statements: number, vague: number }> } };

export type TimelineSpansQueryVariables = Exact<{
  with?: Array<string> | string | null | undefined;
  types?: Array<RelationshipType> | RelationshipType | null | undefined;
  during?: DateRange | null | undefined;
  first?: number | null | undefined;
}>;


export type TimelineSpansQuery = { relationships: { cut: boolean, pageInfo: { hasNextPage: boolean }, nodes: Array<{ id: string, role: string | null, startDate: string | null, endDate: string | null, relation: RelationshipType, from:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      , to:
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
            | { id: string, type: EntityType, name: string }
          > } | null }> }> } };

export type SpanFragment = { id: string, role: string | null, startDate: string | null, endDate: string | null, relation: RelationshipType, from:
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  , to:
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
    | { id: string, type: EntityType, name: string }
  , evidence: Array<{ exact: string | null, prefix: string | null, suffix: string | null, start: number | null, end: number | null, method: EvidenceMethod, source: { id: string, title: string, publishedDate: string | null }, attributedTo: { id: string, text: string, speakers: Array<
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
        | { id: string, type: EntityType, name: string }
      > } | null }> };

export type EventsWithQueryVariables = Exact<{
  events: Array<string> | string;
  with?: Array<string> | string | null | undefined;
}>;


export type EventsWithQuery = { nodes: Array<
    | { id: string, relationships: { nodes: Array<{ from:
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
          , to:
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
            | { id: string }
           }> } }
    | Record<PropertyKey, never>
   | null> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const NamedFragmentDoc = new TypedDocumentString(`
    fragment Named on Entity {
  id
  type
  name
}
    `, {"fragmentName":"Named"}) as unknown as TypedDocumentString<NamedFragment, unknown>;
export const QuoteFragmentDoc = new TypedDocumentString(`
    fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`, {"fragmentName":"Quote"}) as unknown as TypedDocumentString<QuoteFragment, unknown>;
export const LinkedFragmentDoc = new TypedDocumentString(`
    fragment Linked on Relationship {
  id
  type
  role
  startDate
  endDate
  validity
  amount {
    minor
    currency
  }
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`, {"fragmentName":"Linked"}) as unknown as TypedDocumentString<LinkedFragment, unknown>;
export const SaidFragmentDoc = new TypedDocumentString(`
    fragment Said on Statement {
  id
  kind
  text
  date
  medium
  joint
  speakers {
    ...Named
  }
  onBehalfOf {
    ...Named
  }
  about {
    ...Named
  }
  audience {
    ...Named
  }
  atEvent {
    ...Named
  }
  evidence {
    ...Quote
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`, {"fragmentName":"Said"}) as unknown as TypedDocumentString<SaidFragment, unknown>;
export const CountedFragmentDoc = new TypedDocumentString(`
    fragment Counted on Entity {
  ...Named
  relationshipCounts {
    type
    total
  }
}
    fragment Named on Entity {
  id
  type
  name
}`, {"fragmentName":"Counted"}) as unknown as TypedDocumentString<CountedFragment, unknown>;
export const JoiningFragmentDoc = new TypedDocumentString(`
    fragment Joining on TieLink {
  direction
  phrase
  role
  startDate
  endDate
  record {
    __typename
    id
    ... on Relationship {
      type
    }
    ... on Statement {
      text
    }
  }
  evidence {
    ...Quote
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`, {"fragmentName":"Joining"}) as unknown as TypedDocumentString<JoiningFragment, unknown>;
export const SpanFragmentDoc = new TypedDocumentString(`
    fragment Span on Relationship {
  id
  relation: type
  role
  startDate
  endDate
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`, {"fragmentName":"Span"}) as unknown as TypedDocumentString<SpanFragment, unknown>;
export const CommonNeighboursDocument = new TypedDocumentString(`
    query CommonNeighbours($ids: [ID!]!, $asOf: PartialDate, $certainOnly: Boolean, $limit: Int!) {
  nodes(ids: $ids) {
    ...Named
  }
  commonNeighbours(
    ids: $ids
    asOf: $asOf
    certainOnly: $certainOnly
    limit: $limit
  ) {
    totalCount
    incomplete
    cut {
      ...Named
    }
    nodes {
      degree
      entity {
        ...Named
      }
      ties {
        linkCount
        from {
          ...Named
        }
        to {
          ...Named
        }
        links {
          phrase
          role
          startDate
          endDate
          record {
            id
            __typename
            ... on Statement {
              text
              kind
            }
          }
          evidence {
            ...Quote
          }
        }
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<CommonNeighboursQuery, CommonNeighboursQueryVariables>;
export const EntityDocument = new TypedDocumentString(`
    query Entity($id: ID!, $asOf: PartialDate, $certainOnly: Boolean) {
  entity(id: $id, asOf: $asOf, certainOnly: $certainOnly) {
    __typename
    ...Named
    description
    stub
    names {
      value
      kind
      language
      startDate
      endDate
    }
    identifiers {
      scheme
      value
    }
    links {
      url
      note
    }
    dataset {
      id
      name
      title
    }
    relationshipCounts {
      type
      total
    }
    ... on Person {
      gender
      birthDate
      deathDate
      countries
    }
    ... on Organization {
      organizationKind: kind
      country
      classification
      foundingDate
      dissolutionDate
    }
    ... on Position {
      positionCountry: country
    }
    ... on Place {
      placeClass: classification
      placeCountry: country
      latitude
      longitude
    }
    ... on Event {
      eventKind: kind
      startDate
      endDate
      status
      outcome
      evidence {
        ...Quote
      }
      about {
        ...Named
      }
    }
    statementsMade(first: 5) {
      totalCount
      totalCountAtLeast
      cut
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Said
      }
    }
    statementsAbout(first: 5) {
      totalCount
      totalCountAtLeast
      cut
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Said
      }
    }
    events(first: 10) {
      cut
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Named
        startDate
        endDate
        status
        eventKind: kind
      }
    }
    sources(first: 10) {
      cut
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        publishedDate
      }
    }
  }
}
    fragment Said on Statement {
  id
  kind
  text
  date
  medium
  joint
  speakers {
    ...Named
  }
  onBehalfOf {
    ...Named
  }
  about {
    ...Named
  }
  audience {
    ...Named
  }
  atEvent {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<EntityQuery, EntityQueryVariables>;
export const EntityRelationshipsDocument = new TypedDocumentString(`
    query EntityRelationships($id: ID!, $types: [RelationshipType!], $orderBy: OrderDirection, $asOf: PartialDate, $certainOnly: Boolean, $first: Int, $after: String) {
  entity(id: $id, asOf: $asOf, certainOnly: $certainOnly) {
    id
    relationships(types: $types, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      totalCountAtLeast
      cut
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...Linked
        }
        other {
          ...Named
        }
      }
    }
  }
}
    fragment Linked on Relationship {
  id
  type
  role
  startDate
  endDate
  validity
  amount {
    minor
    currency
  }
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<EntityRelationshipsQuery, EntityRelationshipsQueryVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home {
  stats {
    entities
    relationships
    statements
    sources
    entitiesByType {
      type
      count
    }
  }
  events(first: 6, orderBy: DESC) {
    nodes {
      ...Named
      startDate
      endDate
      status
      kind
    }
  }
  sources(first: 4, orderBy: DESC) {
    nodes {
      id
      title
      kind
      publishedDate
      publisher {
        ...Named
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const NetworkDocument = new TypedDocumentString(`
    query Network($ids: [ID!]!, $depth: Int!, $limit: Int!, $types: [RelationshipType!], $statements: Boolean, $asOf: PartialDate, $certainOnly: Boolean) {
  network(
    ids: $ids
    depth: $depth
    limit: $limit
    types: $types
    statements: $statements
    asOf: $asOf
    certainOnly: $certainOnly
  ) {
    nodes {
      entity {
        ...Counted
      }
    }
    ties {
      from {
        id
      }
      to {
        id
      }
      linkCount
      links {
        ...Joining
      }
    }
    more
    incomplete
    cut {
      ...Named
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Counted on Entity {
  ...Named
  relationshipCounts {
    type
    total
  }
}
fragment Joining on TieLink {
  direction
  phrase
  role
  startDate
  endDate
  record {
    __typename
    id
    ... on Relationship {
      type
    }
    ... on Statement {
      text
    }
  }
  evidence {
    ...Quote
  }
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<NetworkQuery, NetworkQueryVariables>;
export const NetworkPathsDocument = new TypedDocumentString(`
    query NetworkPaths($from: ID!, $to: ID!, $types: [RelationshipType!], $statements: Boolean, $asOf: PartialDate, $certainOnly: Boolean) {
  paths(
    from: $from
    to: $to
    limit: 5
    types: $types
    statements: $statements
    asOf: $asOf
    certainOnly: $certainOnly
  ) {
    paths {
      length
      hops {
        from {
          ...Counted
        }
        to {
          ...Counted
        }
        linkCount
        links {
          ...Joining
        }
      }
    }
    cut {
      ...Named
    }
    incomplete
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Counted on Entity {
  ...Named
  relationshipCounts {
    type
    total
  }
}
fragment Joining on TieLink {
  direction
  phrase
  role
  startDate
  endDate
  record {
    __typename
    id
    ... on Relationship {
      type
    }
    ... on Statement {
      text
    }
  }
  evidence {
    ...Quote
  }
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<NetworkPathsQuery, NetworkPathsQueryVariables>;
export const NetworkEntitiesDocument = new TypedDocumentString(`
    query NetworkEntities($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ...Counted
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Counted on Entity {
  ...Named
  relationshipCounts {
    type
    total
  }
}`) as unknown as TypedDocumentString<NetworkEntitiesQuery, NetworkEntitiesQueryVariables>;
export const NetworkExpansionDocument = new TypedDocumentString(`
    query NetworkExpansion($id: ID!, $type: RelationshipType!, $asOf: PartialDate, $certainOnly: Boolean, $first: Int!, $after: String) {
  entity(id: $id, asOf: $asOf, certainOnly: $certainOnly) {
    ...Counted
    relationships(types: [$type], first: $first, after: $after) {
      totalCount
      totalCountAtLeast
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...Linked
        }
        other {
          ...Counted
        }
      }
    }
  }
}
    fragment Linked on Relationship {
  id
  type
  role
  startDate
  endDate
  validity
  amount {
    minor
    currency
  }
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Counted on Entity {
  ...Named
  relationshipCounts {
    type
    total
  }
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<NetworkExpansionQuery, NetworkExpansionQueryVariables>;
export const NetworkBetweenDocument = new TypedDocumentString(`
    query NetworkBetween($ids: [ID!]!, $with: [ID!]!, $types: [RelationshipType!], $asOf: PartialDate, $certainOnly: Boolean) {
  nodes(ids: $ids, asOf: $asOf, certainOnly: $certainOnly) {
    __typename
    ... on Entity {
      id
      relationships(with: $with, types: $types, first: 20) {
        nodes {
          ...Linked
        }
      }
    }
  }
}
    fragment Linked on Relationship {
  id
  type
  role
  startDate
  endDate
  validity
  amount {
    minor
    currency
  }
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<NetworkBetweenQuery, NetworkBetweenQueryVariables>;
export const SuggestDocument = new TypedDocumentString(`
    query Suggest($prefix: String!) {
  suggest(prefix: $prefix, first: 10) {
    match
    name
    nameKind
    node {
      ...Named
      ... on Entity {
        description
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<SuggestQuery, SuggestQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($query: String!, $types: [SearchType!], $kinds: [SearchKind!], $sources: [ID!], $between: DateRange, $first: Int, $after: String) {
  search(
    query: $query
    types: $types
    kinds: $kinds
    sources: $sources
    between: $between
    first: $first
    after: $after
  ) {
    totalCount
    cut
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      match
      name
      nameKind
      words {
        asked
        found
        match
      }
      snippet {
        field
        text
        start
        highlights {
          start
          end
        }
      }
      node {
        __typename
        ...Named
        ... on Entity {
          description
        }
        ... on Event {
          startDate
          endDate
        }
        ... on Statement {
          id
          kind
          date
          speakers {
            ...Named
          }
          onBehalfOf {
            ...Named
          }
          evidence {
            ...Quote
          }
        }
        ... on Source {
          id
          title
          sourceKind: kind
          publishedDate
          publisher {
            ...Named
          }
        }
      }
    }
    facets {
      types {
        value
        count
      }
      kinds {
        value
        count
      }
      sources {
        value
        count
        source {
          title
        }
      }
      years {
        value
        count
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const SourceDocument = new TypedDocumentString(`
    query Source($id: ID!) {
  node(id: $id) {
    __typename
    ... on Source {
      id
      kind
      title
      publisher {
        ...Named
      }
      authors
      url
      archivedUrl
      publishedDate
      retrievedDate
      language
      text
      contentHash
      sourcedFrom {
        ...Named
      }
      creditedTo {
        ...Named
      }
      dataset {
        name
        title
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<SourceQuery, SourceQueryVariables>;
export const SourceMentionsDocument = new TypedDocumentString(`
    query SourceMentions($id: ID!, $after: String) {
  node(id: $id) {
    ... on Source {
      mentions(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          kind
          exact
          start
          end
          entity {
            ...Named
          }
        }
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<SourceMentionsQuery, SourceMentionsQueryVariables>;
export const SourceStatementsDocument = new TypedDocumentString(`
    query SourceStatements($id: ID!, $after: String) {
  node(id: $id) {
    ... on Source {
      statements(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Said
        }
      }
    }
  }
}
    fragment Said on Statement {
  id
  kind
  text
  date
  medium
  joint
  speakers {
    ...Named
  }
  onBehalfOf {
    ...Named
  }
  about {
    ...Named
  }
  audience {
    ...Named
  }
  atEvent {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<SourceStatementsQuery, SourceStatementsQueryVariables>;
export const SourceRelationshipsDocument = new TypedDocumentString(`
    query SourceRelationships($id: ID!, $after: String) {
  node(id: $id) {
    ... on Source {
      relationships(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Linked
        }
      }
    }
  }
}
    fragment Linked on Relationship {
  id
  type
  role
  startDate
  endDate
  validity
  amount {
    minor
    currency
  }
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<SourceRelationshipsQuery, SourceRelationshipsQueryVariables>;
export const RelationshipTypesDocument = new TypedDocumentString(`
    query RelationshipTypes {
  relationshipTypes {
    type
    forwards
    backwards
    symmetric
  }
}
    `) as unknown as TypedDocumentString<RelationshipTypesQuery, RelationshipTypesQueryVariables>;
export const StatementsDocument = new TypedDocumentString(`
    query Statements($filter: StatementFilter, $asOf: PartialDate, $certainOnly: Boolean, $orderBy: OrderDirection, $first: Int, $after: String) {
  statements(
    filter: $filter
    asOf: $asOf
    certainOnly: $certainOnly
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    totalCount
    totalCountAtLeast
    cut
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      ...Said
    }
  }
}
    fragment Said on Statement {
  id
  kind
  text
  date
  medium
  joint
  speakers {
    ...Named
  }
  onBehalfOf {
    ...Named
  }
  about {
    ...Named
  }
  audience {
    ...Named
  }
  atEvent {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}`) as unknown as TypedDocumentString<StatementsQuery, StatementsQueryVariables>;
export const NamesDocument = new TypedDocumentString(`
    query Names($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ...Named
    ... on Source {
      id
      title
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<NamesQuery, NamesQueryVariables>;
export const StatementFacetsDocument = new TypedDocumentString(`
    query StatementFacets($filter: StatementFilter) {
  statementCounts(filter: $filter) {
    cut
    speakers {
      count
      entity {
        ...Named
      }
    }
    subjects {
      count
      entity {
        ...Named
      }
    }
    kinds {
      kind
      count
    }
    months {
      month
      count
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<StatementFacetsQuery, StatementFacetsQueryVariables>;
export const JointCountsDocument = new TypedDocumentString(`
    query JointCounts($joint: StatementFilter, $single: StatementFilter) {
  joint: statementCounts(filter: $joint) {
    count
    cut
  }
  single: statementCounts(filter: $single) {
    count
    cut
  }
}
    `) as unknown as TypedDocumentString<JointCountsQuery, JointCountsQueryVariables>;
export const StatementMatrixDocument = new TypedDocumentString(`
    query StatementMatrix($filter: StatementFilter, $size: Int!, $onBehalfOf: Boolean!) {
  statementCounts(filter: $filter) {
    cut
    matrix(speakers: $size, subjects: $size, onBehalfOf: $onBehalfOf) {
      columns {
        count
        entity {
          ...Named
        }
      }
      rows {
        count
        counts
        entity {
          ...Named
        }
      }
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}`) as unknown as TypedDocumentString<StatementMatrixQuery, StatementMatrixQueryVariables>;
export const TimelineExtentDocument = new TypedDocumentString(`
    query TimelineExtent($ids: [ID!], $kinds: [TimelineKind!], $types: [RelationshipType!]) {
  earliest: timeline(ids: $ids, kinds: $kinds, types: $types, first: 1) {
    nodes {
      first
      last
    }
  }
  latest: timeline(ids: $ids, kinds: $kinds, types: $types, last: 1) {
    nodes {
      first
      last
    }
  }
}
    `) as unknown as TypedDocumentString<TimelineExtentQuery, TimelineExtentQueryVariables>;
export const TimelineItemsDocument = new TypedDocumentString(`
    query TimelineItems($ids: [ID!], $between: DateRange, $kinds: [TimelineKind!], $types: [RelationshipType!], $first: Int, $after: String) {
  timeline(
    ids: $ids
    between: $between
    kinds: $kinds
    types: $types
    first: $first
    after: $after
  ) {
    cut
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      kind
      date
      first
      last
      record {
        __typename
        ... on Event {
          ...Named
          startDate
          endDate
          status
          about {
            id
          }
          evidence {
            ...Quote
          }
        }
        ... on Statement {
          ...Said
        }
        ... on Relationship {
          ...Span
        }
      }
    }
  }
}
    fragment Said on Statement {
  id
  kind
  text
  date
  medium
  joint
  speakers {
    ...Named
  }
  onBehalfOf {
    ...Named
  }
  about {
    ...Named
  }
  audience {
    ...Named
  }
  atEvent {
    ...Named
  }
  evidence {
    ...Quote
  }
}
fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}
fragment Span on Relationship {
  id
  relation: type
  role
  startDate
  endDate
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}`) as unknown as TypedDocumentString<TimelineItemsQuery, TimelineItemsQueryVariables>;
export const TimelineBucketsDocument = new TypedDocumentString(`
    query TimelineBuckets($ids: [ID!], $between: DateRange, $kinds: [TimelineKind!], $types: [RelationshipType!], $resolution: Resolution!) {
  timeline(
    ids: $ids
    between: $between
    kinds: $kinds
    types: $types
    resolution: $resolution
  ) {
    totalCount
    totalCountAtLeast
    buckets {
      date
      count
      events
      starts
      ends
      statements
      vague
    }
  }
}
    `) as unknown as TypedDocumentString<TimelineBucketsQuery, TimelineBucketsQueryVariables>;
export const TimelineSpansDocument = new TypedDocumentString(`
    query TimelineSpans($with: [ID!], $types: [RelationshipType!], $during: DateRange, $first: Int) {
  relationships(
    filter: {with: $with, types: $types, activeDuring: $during}
    first: $first
  ) {
    cut
    pageInfo {
      hasNextPage
    }
    nodes {
      ...Span
    }
  }
}
    fragment Named on Entity {
  id
  type
  name
}
fragment Quote on Evidence {
  exact
  prefix
  suffix
  start
  end
  method
  source {
    id
    title
    publishedDate
  }
  attributedTo {
    id
    text
    speakers {
      ...Named
    }
  }
}
fragment Span on Relationship {
  id
  relation: type
  role
  startDate
  endDate
  from {
    ...Named
  }
  to {
    ...Named
  }
  evidence {
    ...Quote
  }
}`) as unknown as TypedDocumentString<TimelineSpansQuery, TimelineSpansQueryVariables>;
export const EventsWithDocument = new TypedDocumentString(`
    query EventsWith($events: [ID!]!, $with: [ID!]) {
  nodes(ids: $events) {
    ... on Event {
      id
      relationships(with: $with, first: 20) {
        nodes {
          from {
            id
          }
          to {
            id
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<EventsWithQuery, EventsWithQueryVariables>;
