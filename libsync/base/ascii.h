#pragma once

namespace cowrite {

/// The small form of an ASCII letter; anything else is itself, whatever the locale.
constexpr char asciiToLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace cowrite
