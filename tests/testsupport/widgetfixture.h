// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <core/catalog/catalog.h>
#include <widgets/document/document.h>
#include <widgets/support/jobrunner.h>
#include <widgets/support/settings.h>

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace llmd::testing {

/** The shipped catalog, loaded once per program. */
inline const std::shared_ptr<const Catalog>& shippedCatalog()
{
    static const std::shared_ptr<const Catalog> catalog = [] {
        auto loaded = loadCatalog();
        return loaded ? loaded->value : std::shared_ptr<const Catalog>();
    }();
    return catalog;
}

/** What a page needs to live: settings of its own, job runner, document on the shipped catalog. */
struct Workbench
{
    QTemporaryDir folder;
    Settings settings { folder.filePath(QStringLiteral("settings.ini")) };
    JobRunner jobs;
    Document document;

    /** `programs` are external engines beside the built-in ones. */
    explicit Workbench(std::vector<EngineDeclaration> programs = {})
        : document(shippedCatalog(), jobs, std::move(programs))
    {
        document.reset(sample());
    }

    /** A need that the shipped catalog can meet in many ways. */
    [[nodiscard]] static Project sample()
    {
        Project project;
        project.requirements.title = "Support assistant";
        project.requirements.useCase = "chatbot_conversational";
        project.requirements.users = 5000;
        // Few models keep a search short in a debug build; they still give hundreds of options.
        project.requirements.models = { "Qwen/Qwen3-14B", "meta-llama/Llama-3.1-8B-Instruct",
                                        "meta-llama/Llama-3.3-70B-Instruct",
                                        "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic", "openai/gpt-oss-120b" };
        return project;
    }

    /** Lets the event loop run until the search of the present requirements is done. */
    [[nodiscard]] bool waitForSearch(int milliseconds = 30000)
    {
        return QTest::qWaitFor([this] { return !document.isSearching(); }, milliseconds);
    }
};

} // namespace llmd::testing
