// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <core/base/file.h>
#include <core/performance/engine.h>
#include <core/spec/compiler.h>

#include <memory>
#include <string>
#include <string_view>

namespace llmd::testing {

/** A spec of tests/data/specs. */
inline std::string specText(const std::string& name)
{
    return readFile(std::string(LLMD_SOURCE_DIR) + "/tests/data/specs/" + name + ".yaml")
        .value_or("");
}

/** The first occurrence of `from` replaced; empty if there is none, so that a typing error in a test shows. */
inline std::string with(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    if (at == std::string::npos)
        return {};
    return text.replace(at, from.size(), to);
}

/** Catalog and engine, loaded once for a test program. */
class SpecFixture
{
public:
    SpecFixture()
        : m_catalog(loadCatalog()->value)
        , m_engines(m_catalog)
    { }

    [[nodiscard]] const std::shared_ptr<const Catalog>& catalog() const { return m_catalog; }
    [[nodiscard]] SpecPlanner planner() { return { m_engines.standard(), m_context }; }

    [[nodiscard]] SpecCompilation compile(const std::string& text)
    {
        const auto documents = readSpecs(text, "test.yaml");
        if (!documents)
            return {};
        return compile(documents->front());
    }
    [[nodiscard]] SpecCompilation compile(const SpecDocument& document)
    {
        return compileSpec(document, m_catalog, planner()).value_or(SpecCompilation {});
    }
    [[nodiscard]] SpecCompilation compile(const InferenceService& service)
    {
        return compile(writeSpec(service));
    }

private:
    std::shared_ptr<const Catalog> m_catalog;
    EngineRegistry m_engines;
    RunContext m_context;
};

inline const SpecFinding* findingAt(const std::vector<SpecFinding>& findings,
                                    std::string_view field,
                                    SpecFinding::Level level = SpecFinding::Level::Error)
{
    for (const SpecFinding& finding : findings) {
        if (finding.field == field && finding.level == level)
            return &finding;
    }
    return nullptr;
}

inline std::string fieldsOf(const std::vector<SpecFinding>& findings)
{
    std::string text;
    for (const SpecFinding& finding : findings)
        text += std::to_string(static_cast<int>(finding.level)) + " " + finding.field + ": "
            + finding.text + " | " + finding.suggestion + "\n";
    return text;
}

} // namespace llmd::testing
