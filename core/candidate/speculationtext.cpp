// SPDX-License-Identifier: Apache-2.0
#include "speculationtext.h"

#include "featurefigures.h"

#include <core/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace llmd {

namespace {

struct MethodName
{
    std::string_view name;
    DraftMethod method;
};
constexpr std::array methodNames {
    MethodName { "mtp", DraftMethod::Mtp },
    MethodName { "ngram", DraftMethod::NGram },
    MethodName { "eagle3", DraftMethod::Eagle3 },
    MethodName { "draft", DraftMethod::DraftModel },
};

Result<std::shared_ptr<const Model>> findDraft(const Catalog& catalog, const std::string& name)
{
    if (name.ends_with(".json"))
        return readModelFile(name).map(
            [](Model&& model) { return std::make_shared<const Model>(std::move(model)); });
    return catalog.model(name).map(
        [](const Model* model) { return std::make_shared<const Model>(*model); });
}

} // namespace

Result<NamedSpeculation> parseSpeculation(const std::string& text, const Catalog& catalog)
{
    NamedSpeculation result;
    if (text.empty() || text == "none")
        return result;
    const auto equals = text.find('=');
    const std::string name = toLower(trimmed(std::string_view(text).substr(0, equals)));
    const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
    const auto known = std::find_if(methodNames.begin(), methodNames.end(),
                                    [&](const MethodName& entry) { return entry.name == name; });
    if (known == methodNames.end())
        return failure(ErrorCode::InvalidArgument,
                       fmt::format("'{}' is no way to speculate; use none, mtp, ngram, eagle3=HEAD "
                                   "or draft=MODEL",
                                   text));
    SpeculativeDecoding settings;
    settings.method = known->method;
    const AcceptancePrior& prior = standardFeatureFigures().prior(settings.method);
    settings.tokens = prior.tokens;
    settings.acceptance = prior.acceptance;
    settings.decay = prior.decay;
    if (settings.method == DraftMethod::Eagle3)
        settings.head = value;
    if (settings.method == DraftMethod::DraftModel) {
        if (value.empty())
            return failure(
                ErrorCode::InvalidArgument,
                "name the draft model: draft=MODEL with a model id of the catalog or the "
                "path of a config.json");
        auto draft = findDraft(catalog, value);
        if (!draft)
            return tl::unexpected(draft.error());
        result.draft = std::move(*draft);
        settings.draft = result.draft.get();
    }
    result.settings = settings;
    return result;
}

std::string speculationText(const std::optional<SpeculativeDecoding>& settings)
{
    if (!settings)
        return "none";
    const auto known =
        std::find_if(methodNames.begin(), methodNames.end(),
                     [&](const MethodName& entry) { return entry.method == settings->method; });
    std::string text(known->name);
    if (settings->draft)
        text += "=" + settings->draft->id;
    else if (!settings->head.empty())
        text += "=" + settings->head;
    return text;
}

} // namespace llmd
