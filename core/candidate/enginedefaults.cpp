// SPDX-License-Identifier: Apache-2.0
#include "enginedefaults.h"

namespace llmd {

EngineSettings defaultEngineSettings(const Model& model, const Gpu& gpu,
                                     const EngineVersionProfile& profile,
                                     const SemanticVersion& version)
{
    const bool isA100 = gpu.id.starts_with("a100");
    const bool large = gpu.usableMemory >= gibibytes(70) && !isA100;
    EngineSettings settings;
    settings.maxModelLen = model.architecture.maxPositions;
    settings.maxNumSeqs = large ? profile.maxNumSeqsLarge : profile.maxNumSeqs;
    settings.maxNumBatchedTokens =
        large ? profile.maxNumBatchedTokensLarge : profile.maxNumBatchedTokens;
    settings.gpuMemoryUtilization = profile.gpuMemoryUtilization;
    settings.version = version;
    return settings;
}

} // namespace llmd
