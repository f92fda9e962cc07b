#pragma once

class QMimeData;
class QUrl;

namespace cowrite::ui {

/// Whether this is the address of a shared document, and not that of any page.
[[nodiscard]] bool isSharedDocument(const QUrl &url);
/// Whether what is dragged is to be opened: files, and links of shared documents. Everything else
/// is text to be dropped where it is to go.
[[nodiscard]] bool isOpenable(const QMimeData &data);

} // namespace cowrite::ui
