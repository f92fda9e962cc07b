// The part of MainWindow that reads documents from files and writes them there.
#include "libsync/session/document/another_thread.h"
#include "libsync/session/files/text_file.h"
#include "ui/document/document_export.h"
#include "ui/document/document_view.h"
#include "ui/editor/openable.h"
#include "ui/look/rendering.h"
#include "ui/window/main_window.h"
#include "ui/words/sentence.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QPointer>
#include <QUrl>

#include <memory>

namespace cowrite::ui {

namespace {

/// The title as the name of a file.
QString fileNameFor(const QString &title, const QString &suffix)
{
    QString name = title;
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    return name.endsWith(suffix, Qt::CaseInsensitive) ? name : name + suffix;
}

/// A path as people write it, for a menu.
QString shownPath(const QString &path)
{
    QString shown = path;
    const QString home = QDir::homePath() + QLatin1Char('/');
    if (shown.startsWith(home)) {
        shown.replace(0, home.size(), QLatin1String("~/"));
    }
    return shown.replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

void MainWindow::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open file"));
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    const QString asMarkdown = tr("Web pages, turned into Markdown (*.html *.htm)");
    dialog->setNameFilters({tr("All files (*)"), asMarkdown});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, dialog, asMarkdown](const QStringList &paths) {
                const bool isWebPage = dialog->selectedNameFilter() == asMarkdown;
                for (const QString &path : paths) {
                    isWebPage ? openWebPage(path) : openFile(path);
                }
            });
    dialog->open();
}

void MainWindow::openSample()
{
    QFile file(QStringLiteral(":/sample/welcome.md"));
    Q_ASSERT(file.exists());
    file.open(QIODevice::ReadOnly);
    const auto replica =
        m_profile.createDocument(tr("Welcome"), session::DocumentKind::Markdown,
                                 QString::fromUtf8(file.readAll()).toStdU16String());
    showOpened(replica);
}

void MainWindow::openFile(const QString &path)
{
    m_profile.importFile(path, [self = QPointer(this)](const Result<session::Replica *> &replica) {
        if (self) {
            self->showOpened(replica);
        }
    });
}

void MainWindow::openWebPage(const QString &path)
{
    const auto read = [path] {
        Result<session::TextFile> file = session::readTextFile(path);
        if (file) {
            file->text = markdownOf(QString::fromStdU16String(file->text)).toStdU16String();
        }
        return file;
    };
    session::onAnotherThread(read, [self = QPointer(this),
                                    path](const Result<session::TextFile> &file) {
        if (self) {
            self->showOpened(file.and_then([&](const session::TextFile &page) {
                return self->m_profile.createDocument(QFileInfo(path).completeBaseName(),
                                                      session::DocumentKind::Markdown, page.text);
            }));
        }
    });
}

void MainWindow::followLink(const QString &address)
{
    if (address.startsWith(QLatin1String("cowrite:"), Qt::CaseInsensitive)) {
        askToJoin(address);
    } else {
        QDesktopServices::openUrl(QUrl(address));
    }
}

void MainWindow::showOpened(const Result<session::Replica *> &replica)
{
    if (replica) {
        showReplica(*replica);
    } else {
        showProblem(sentenceOf(replica.error()));
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (isOpenable(*event->mimeData())) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            openFile(url.toLocalFile());
        } else {
            askToJoin(url.toString());
        }
    }
}

void MainWindow::saveCopy()
{
    DocumentView *view = currentView();
    if (view == nullptr || !view->replica().isLoaded()) {
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Save a copy as file"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QList<ExportFormat> formats = exportFormats(view->replica().kind());
    QStringList filters;
    for (const ExportFormat format : formats) {
        filters.append(nameFilter(format));
    }
    dialog->setNameFilters(filters);
    dialog->selectFile(view->replica().title());
    connect(dialog, &QFileDialog::fileSelected, view,
            [this, view, dialog, formats, filters](const QString &path) {
                const ExportFormat chosen =
                    formats.value(filters.indexOf(dialog->selectedNameFilter()), formats.first());
                const QString target =
                    QFileInfo(path).suffix().isEmpty() ? path + suffixOf(chosen) : path;
                exportDocument(
                    view->replica(), target, formatOf(target, chosen), this,
                    [this, target](const Result<void> &written) { onExported(target, written); });
            });
    dialog->open();
}

void MainWindow::onExported(const QString &path, const Result<void> &written)
{
    if (!written) {
        showProblem(sentenceOf(written.error()));
    } else if (DocumentView *view = currentView()) {
        view->showNotice(tr("A copy is in “%1”.").arg(QFileInfo(path).fileName()), Tone::Good);
    }
}

void MainWindow::toggleFileKept()
{
    DocumentView *view = currentView();
    if (view == nullptr) {
        return;
    }
    session::Replica &replica = view->replica();
    if (replica.isFileKept()) {
        replica.stopKeepingFile();
    } else if (QFileInfo::exists(replica.filePath())) {
        keepFile(replica, replica.filePath(), session::ExistingText::Merge);
    } else {
        chooseKeptFile(*view);
    }
    // The tick follows the document, not the click.
    updateFileAction();
}

void MainWindow::chooseKeptFile(DocumentView &view)
{
    auto *dialog = new QFileDialog(this, tr("Save to file on every change"));
    dialog->setObjectName(QStringLiteral("keepFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Asks whether a file that is there may be replaced.
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(
        fileNameFor(view.replica().title(), session::suffixOf(view.replica().kind())));
    connect(dialog, &QFileDialog::fileSelected, &view, [this, &view](const QString &path) {
        keepFile(view.replica(), QDir::cleanPath(path), session::ExistingText::Replace);
    });
    dialog->open();
}

void MainWindow::keepFile(session::Replica &replica, const QString &path,
                          session::ExistingText existing)
{
    if (const Result<void> kept = replica.keepFile(path, existing); !kept) {
        showProblem(sentenceOf(kept.error()));
    }
}

void MainWindow::updateFileAction()
{
    const DocumentView *view = currentView();
    const QString path = view != nullptr ? view->replica().filePath() : QString();
    m_keepFile->setEnabled(view != nullptr && view->replica().isLoaded());
    m_keepFile->setChecked(view != nullptr && view->replica().isFileKept());
    m_keepFile->setText(path.isEmpty()
                            ? tr("Save to file on every c&hange…")
                            : tr("Save to file on every c&hange (%1)").arg(shownPath(path)));
}

} // namespace cowrite::ui
