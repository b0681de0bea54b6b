// SPDX-License-Identifier: Apache-2.0
#include "intent.h"

#include "recognisers.h"

namespace llmd {

std::string_view toString(Importance importance)
{
    switch (importance) {
    case Importance::Low:
        return "low";
    case Importance::Medium:
        return "medium";
    case Importance::High:
        break;
    }
    return "high";
}

Result<IntentParser> IntentParser::create(std::shared_ptr<const Catalog> catalog)
{
    auto lexicon = intent::Lexicon::load();
    if (!lexicon)
        return tl::unexpected(lexicon.error());
    intent::Entities entities(std::move(catalog), *lexicon);
    return IntentParser(std::make_shared<const intent::Knowledge>(
        intent::Knowledge { std::move(*lexicon), std::move(entities) }));
}

Intent IntentParser::parse(std::string_view text) const
{
    return parse(std::vector<std::string> { std::string(text) });
}

Intent IntentParser::parse(const std::vector<std::string>& messages) const
{
    intent::Draft draft;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const intent::Scene scene = intent::readScene(messages[i], *m_knowledge);
        const auto polarity = intent::readPolarity(scene);
        const intent::Reading reading { scene, polarity, *m_knowledge };
        draft.startMessage(scene, i);
        intent::readRetraction(reading, draft);
        intent::readUseCase(reading, draft);
        intent::readLoad(reading, draft);
        intent::readLatencies(reading, draft);
        intent::readLengths(reading, draft);
        intent::readHardware(reading, draft);
        intent::readModels(reading, draft);
        intent::readQuantization(reading, draft);
        intent::readPriorities(reading, draft);
        intent::readBareCorrection(reading, draft);
        intent::settleSummaries(draft);
    }
    return std::move(draft.intent);
}

} // namespace llmd
