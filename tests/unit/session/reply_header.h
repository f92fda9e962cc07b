#pragma once

#include "libsync/net/verdict.h"

#include <QByteArray>

namespace cowrite {

/// The value of the first header with this name; empty if there is none.
inline QByteArray header(const net::HttpReply &reply, const QByteArray &name)
{
    for (const auto &[key, value] : reply.headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

} // namespace cowrite
