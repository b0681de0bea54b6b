// SPDX-License-Identifier: Apache-2.0
#include "store.h"

namespace llmd {

namespace {

// Only ever append migrations: files of every version are out there. Column names are those of storerows.h.
constexpr const char* version1 = R"(
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,          -- of the content without random identifiers
    file TEXT NOT NULL,
    folder TEXT NOT NULL,               -- reports of one run share it
    format TEXT NOT NULL,
    format_version TEXT NOT NULL,
    imported_at INTEGER NOT NULL        -- seconds since 1970
);
CREATE TABLE raw (
    document_id INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    content BLOB NOT NULL
);
CREATE TABLE finding (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    code INTEGER NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE TABLE fact (
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE TABLE record (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- an id is never used for another record
    tool TEXT NOT NULL, tool_version TEXT NOT NULL, run_uid TEXT NOT NULL, experiment_id TEXT NOT NULL,
    description TEXT NOT NULL, stage INTEGER, level TEXT NOT NULL, start TEXT NOT NULL, duration_s REAL,
    model TEXT NOT NULL COLLATE NOCASE, precision TEXT NOT NULL, gpu TEXT NOT NULL COLLATE NOCASE, gpus INTEGER,
    disaggregated INTEGER,
    router_version TEXT NOT NULL, router_config TEXT NOT NULL, router_hash TEXT NOT NULL, gateway TEXT NOT NULL,
    rate_rps REAL, concurrency INTEGER, nominal_input REAL, nominal_output REAL, lengths TEXT NOT NULL,
    source TEXT NOT NULL, prefix_tokens REAL, prefix_groups INTEGER, turns REAL, burstiness REAL,
    total INTEGER, failures INTEGER, incomplete INTEGER,
    input_tps REAL, output_tps REAL, total_tps REAL, rps REAL, goodput_percent REAL, goodput_rps REAL,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,           -- within the document
    engine_versions TEXT NOT NULL, notes TEXT NOT NULL, origins TEXT NOT NULL, -- JSON or empty
    topology TEXT NOT NULL,             -- derived from the engines, for lists
    input_mean REAL, output_mean REAL, ttft_mean REAL, tpot_mean REAL, e2e_mean REAL, -- copies from metric, for lists
    format TEXT NOT NULL,               -- of the document, for filters
    search TEXT NOT NULL,               -- model, GPU, description, folder and file, for filters
    measurement TEXT NOT NULL,          -- equal for reports of one measurement, empty if unknown
    fullness INTEGER NOT NULL,          -- the fullest of them stands for all
    superseded_by INTEGER REFERENCES record (id) ON DELETE SET NULL,
    removed_at INTEGER,
    UNIQUE (document_id, ordinal)
);
-- Filters look for text anywhere in a value, so they read all entries; these indexes hold what they read and little else.
CREATE INDEX record_listed ON record (removed_at, superseded_by, model, gpu, tool, format);
CREATE INDEX record_searched ON record (removed_at, superseded_by, search);
CREATE INDEX record_document ON record (document_id);
CREATE INDEX record_measurement ON record (measurement) WHERE measurement <> '';
CREATE INDEX record_superseded ON record (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE TABLE engine (
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL, replicas INTEGER NOT NULL, workers INTEGER NOT NULL, name TEXT NOT NULL, image TEXT NOT NULL,
    version TEXT NOT NULL, model TEXT NOT NULL, gpu TEXT NOT NULL, gpus_per_worker INTEGER,
    tp INTEGER NOT NULL, pp INTEGER NOT NULL, dp INTEGER NOT NULL, expert_parallel INTEGER NOT NULL,
    args TEXT NOT NULL,                 -- JSON or empty
    PRIMARY KEY (record_id, ordinal)
) WITHOUT ROWID;
CREATE TABLE metric (
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    metric TEXT NOT NULL,
    definition TEXT NOT NULL,
    derived INTEGER NOT NULL,
    mean REAL, stddev REAL, min REAL, p0p1 REAL, p1 REAL, p5 REAL, p10 REAL, p25 REAL, p50 REAL, p75 REAL, p90 REAL,
    p95 REAL, p99 REAL, p99p9 REAL, max REAL,
    PRIMARY KEY (record_id, metric)
) WITHOUT ROWID;
)";

// The name of a checkpoint without its publisher, in lower case, so that the measurements of a model are found by an index.
constexpr const char* version2 = R"(
ALTER TABLE record ADD COLUMN checkpoint TEXT GENERATED ALWAYS AS
    (lower(replace(model, rtrim(model, replace(model, '/', '')), ''))) VIRTUAL;
CREATE INDEX record_checkpoint ON record (checkpoint, removed_at, superseded_by);
-- Choices that belong to this store, such as whether its measurements correct estimates.
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)";

} // namespace

const std::vector<StoreMigration>& storeMigrations()
{
    static const std::vector<StoreMigration> migrations { { version1 }, { version2 } };
    return migrations;
}

} // namespace llmd
