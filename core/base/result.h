// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <tl/expected.hpp>

namespace llmd {

/** A value or the one error that prevented it; `{}` is success of `Result<>`. */
template <class T = void>
using Result = tl::expected<T, Error>;

/** Shorthand to return a failure from a function with a `Result`. */
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string detail,
                                                   std::optional<Location> where = std::nullopt)
{
    return tl::unexpected<Error>(Error { code, std::move(detail), {}, std::move(where) });
}

} // namespace llmd
