package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"dramatis/kg"
)

// Documents are documents that are known by the hash of their text: those that the operator trusts, and those that
// clients have sent once (Apollo's automatic persisted queries).
type Documents struct {
	// Only: no others are answered.
	Only    bool
	trusted map[string]string
	sent    *cache[string]
}

// documentPrefix stands before the hash in a document's id (GraphQL over HTTP, appendix A).
const documentPrefix = "sha256:"

// sentBytes is how many bytes of documents that clients sent are kept.
const sentBytes = 1 << 20

// NewDocuments reads manifests: each a JSON object of texts by their hashes, as graphql-codegen writes it. It fails if a
// hash is not that of its text.
func NewDocuments(only bool, manifests ...[]byte) (*Documents, error) {
	d := &Documents{Only: only, trusted: map[string]string{}, sent: newCache(sentBytes, func(id, text string) int { return len(id) + len(text) })}
	for _, manifest := range manifests {
		var texts map[string]string
		if err := json.Unmarshal(manifest, &texts); err != nil {
			return nil, fmt.Errorf("the manifest of documents is not a JSON object of texts: %w", err)
		}
		for id, text := range texts {
			if DocumentID(text) != documentPrefix+strings.TrimPrefix(id, documentPrefix) {
				return nil, fmt.Errorf("the manifest of documents: %s is not the SHA-256 of its document", id)
			}
			d.trusted[DocumentID(text)] = text
		}
	}
	return d, nil
}

// DocumentID is the id of a document.
func DocumentID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return documentPrefix + hex.EncodeToString(sum[:])
}

// request is what a client sends.
type request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
	DocumentID    string         `json:"documentId"`
}

// find gives the text of the document that is asked for, by its text, its id, or Apollo's hash. remember tells that it
// is to be remembered once it has proved valid.
func (d *Documents) find(ctx context.Context, r *request) (text string, remember bool, err error) {
	id, apollo := r.DocumentID, false
	if persisted, ok := r.Extensions["persistedQuery"].(map[string]any); ok && id == "" {
		hash, _ := persisted["sha256Hash"].(string)
		if version, ok := persisted["version"].(json.Number); !ok || version != "1" || hash == "" {
			return "", false, kg.Errorf(kg.BadUserInput, "extensions.persistedQuery must have version 1 and sha256Hash")
		}
		id, apollo = documentPrefix+hash, true
	}
	if r.Query != "" {
		switch {
		case id != "" && !apollo:
			return "", false, kg.Errorf(kg.BadUserInput, "give query or documentId, not both")
		case apollo && id != DocumentID(r.Query):
			return "", false, kg.Errorf(kg.BadUserInput, "the hash is not that of the query")
		case d.Only && d.trusted[DocumentID(r.Query)] == "":
			return "", false, kg.Errorf(kg.Forbidden, "only documents that are known here are answered: ask by documentId")
		}
		return r.Query, apollo && !d.Only, nil
	}
	if id == "" {
		return "", false, kg.Errorf(kg.BadUserInput, "query is missing")
	}
	if text, known := d.trusted[id]; known {
		return text, false, nil
	}
	if text, known := d.sent.Get(ctx, id); known && apollo {
		return text, false, nil
	}
	if apollo {
		return "", false, kg.Errorf(kg.PersistedDocumentNotFound, "PersistedQueryNotFound") // the text that its clients look for
	}
	return "", false, kg.Errorf(kg.PersistedDocumentNotFound, "there is no document of this id here")
}
