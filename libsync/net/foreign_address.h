#pragma once

#include "libsync/net/address.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace cowrite::net {

/// Reads `ys://`, `yss://` and the addresses of files in JupyterLab; see parseRoomAddress().
/// Nothing for any other address, also for a broken one of these.
[[nodiscard]] std::optional<RoomAddress> parseForeignAddress(const QUrl &url);

enum class ForeignToken { LeftOut, Shown };
/// The address of form YSweet or Jupyter as parseForeignAddress() takes it back.
[[nodiscard]] QString writeForeignAddress(const RoomAddress &address, ForeignToken token);

} // namespace cowrite::net
