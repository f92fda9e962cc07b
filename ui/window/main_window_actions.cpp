// The part of MainWindow that does what a person asks for: one function an entry of the menus.
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/spelling/spelling.h"
#include "ui/window/choice_popup.h"
#include "ui/window/editor_actions.h"
#include "ui/window/identity_dialog.h"
#include "ui/window/join_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/settings_dialog.h"
#include "ui/window/share_popover.h"
#include "ui/window/shortcuts_dialog.h"
#include "ui/window/statistics_dialog.h"
#include "ui/window/status_bar.h"
#include "ui/words/sentence.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTabBar>

namespace cowrite::ui {

void MainWindow::newDocument()
{
    const auto replica = m_profile.createDocument(tr("Untitled"), session::DocumentKind::Markdown);
    if (!replica) {
        showProblem(sentenceOf(replica.error()));
        return;
    }
    showReplica(*replica);
}

void MainWindow::chooseAddress()
{
    auto *dialog = new JoinDialog(m_profile, this);
    connect(dialog, &JoinDialog::joined, this, &MainWindow::showReplica);
    dialog->open();
}

void MainWindow::openReplacement(DocumentView &view)
{
    const auto replica = m_profile.openReplacement(view.replica());
    if (!replica) {
        view.showNotice(sentenceOf(replica.error()), Tone::Bad);
        return;
    }
    view.showNotice(tr("This copy is on this computer only now. Share it to write together."),
                    Tone::Good);
    showReplica(*replica);
}

void MainWindow::publishAnew(DocumentView &view)
{
    if (const auto published = m_profile.publishAnew(view.replica()); !published) {
        view.showNotice(sentenceOf(published.error()), Tone::Bad);
        return;
    }
    view.showNotice(tr("This document has a link of its own now. Share shows it to send it on."),
                    Tone::Good);
}

void MainWindow::join(const QString &address)
{
    const auto replica = m_profile.join(address);
    if (!replica) {
        showProblem(sentenceOf(replica.error()));
        return;
    }
    showReplica(*replica);
}

void MainWindow::askToJoin(const QString &link)
{
    const Result<QString> server = session::Profile::serverIn(link);
    if (!server) {
        showProblem(sentenceOf(server.error()));
        return;
    }
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("joinQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText); // the address is somebody else's
    box->setText(tr("Open the shared document at %1?").arg(*server));
    box->setInformativeText(tr("The people there will see your name, and what you write in it. "
                               "Open it if you know who sent you this link."));
    QPushButton *open = box->addButton(tr("Open"), QMessageBox::AcceptRole);
    open->setObjectName(QStringLiteral("joinQuestionOpen"));
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("joinQuestionCancel"));
    box->setDefaultButton(cancel);
    connect(open, &QPushButton::clicked, this, [this, link] { join(link); });
    box->open();
}

void MainWindow::comeToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::openDocument(session::DocumentId id)
{
    const auto replica = m_profile.open(id);
    if (!replica) {
        showProblem(sentenceOf(replica.error()));
        return;
    }
    showReplica(*replica);
}

void MainWindow::removeDocument(session::DocumentId id)
{
    for (const DocumentView *view : std::as_const(m_views)) {
        if (view->replica().id() == id) {
            showProblem(tr("This document is open. Close it before you remove it."));
            return;
        }
    }
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("removeWarning"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(tr("Remove this document from this computer?"));
    box->setInformativeText(tr("What is nowhere else is gone then."));
    QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id] {
        if (const auto removed = m_profile.removeDocument(id); !removed) {
            showProblem(sentenceOf(removed.error()));
        }
    });
    box->open();
}

void MainWindow::confirmSaved()
{
    if (DocumentView *view = currentView()) {
        view->confirmSaved();
    }
}

void MainWindow::renameCurrent()
{
    DocumentView *view = currentView();
    if (view == nullptr) {
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("renameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename document"));
    dialog->setLabelText(tr("Title"));
    dialog->setTextValue(view->replica().title());
    connect(dialog, &QInputDialog::textValueSelected, view, [view](const QString &title) {
        if (!title.trimmed().isEmpty()) {
            view->replica().setTitle(title.trimmed());
        }
    });
    dialog->open();
}

void MainWindow::closeCurrentTab()
{
    closeTab(m_tabs->currentIndex());
}

void MainWindow::shareCurrent()
{
    if (DocumentView *view = currentView()) {
        const QPoint corner = m_share->mapTo(this, QPoint(m_share->width(), m_share->height() + 7));
        m_popover->open(view->replica(), corner);
    }
}

void MainWindow::chooseLanguage()
{
    DocumentView *view = currentView();
    if (view == nullptr) {
        return;
    }
    QList<Choice> choices;
    for (const Language &language : languages()) {
        choices.append({language.id, displayName(language), language.patterns.join(u' ')});
    }
    auto *popup = new ChoicePopup(tr("Language"), choices, this);
    popup->setCurrent(view->editor().language().id);
    connect(popup, &ChoicePopup::chosen, view,
            [view](const QString &id) { view->replica().setLanguage(id); });
    popup->openAbove(*m_status->languageButton());
}

void MainWindow::chooseCommand()
{
    QList<Choice> choices;
    const QList<Command> commands = m_shortcuts->commands();
    for (const Command &command : commands) {
        if (command.action->isEnabled() && command.action->isVisible()) {
            choices.append({command.action->objectName(), command.label,
                            command.action->shortcut().toString(QKeySequence::NativeText)});
        }
    }
    auto *popup = new ChoicePopup(tr("Command"), choices, this);
    connect(popup, &ChoicePopup::chosen, this,
            [this](const QString &name) { findChild<QAction *>(name)->trigger(); });
    popup->openIn(*this);
}

void MainWindow::chooseDocument()
{
    QList<Choice> choices;
    const QList<session::DocumentInfo> documents = m_profile.documents();
    for (const session::DocumentInfo &document : documents) {
        const QString server = session::Profile::serverIn(document.address).value_or(QString());
        choices.append({QString::number(document.id), document.title,
                        server.isEmpty() ? tr("on this computer") : server});
    }
    auto *popup = new ChoicePopup(tr("Document"), choices, this);
    connect(popup, &ChoicePopup::chosen, this,
            [this](const QString &id) { openDocument(id.toLongLong()); });
    popup->openIn(*this);
}

void MainWindow::chooseShortcuts()
{
    auto *dialog = new ShortcutsDialog(*m_shortcuts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::chooseSettings()
{
    auto *dialog = new SettingsDialog(m_profile, m_settings, m_spelling->codes(), this);
    dialog->open();
}

void MainWindow::copyLink()
{
    if (DocumentView *view = currentView()) {
        QApplication::clipboard()->setText(view->replica().invitation());
    }
}

void MainWindow::connectNow()
{
    if (DocumentView *view = currentView()) {
        view->replica().connectNow();
    }
}

void MainWindow::toggleOffline()
{
    if (DocumentView *view = currentView()) {
        view->replica().disconnectLink();
    }
}

void MainWindow::askForIdentity()
{
    auto *dialog = new IdentityDialog(m_profile.identity(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_profile.setIdentity(dialog->identity()); });
    dialog->open();
}

void MainWindow::showStatistics()
{
    auto *dialog = new StatisticsDialog([this] { return m_profile.host().figures(); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Beside the document, which goes on.
    dialog->show();
}

void MainWindow::about()
{
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("aboutDialog"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Cowrite"));
    box->setText(tr("Cowrite %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("An editor in which several people write the same document at "
                               "once. Free software under the MIT licence."));
    box->open();
}

void MainWindow::updateActions()
{
    const DocumentView *view = currentView();
    for (QAction *action : std::as_const(m_documentActions)) {
        action->setEnabled(view != nullptr);
    }
    m_editorActions->update();
    m_undo->setEnabled(view != nullptr && view->shownEditor().canUndoEdit());
    m_redo->setEnabled(view != nullptr && view->shownEditor().canRedoEdit());
    using session::LinkState;
    const LinkState link = view != nullptr ? view->replica().link() : LinkState::Local;
    const bool hasServer = link != LinkState::Local && link != LinkState::Hosting;
    m_connect->setEnabled(hasServer && link != LinkState::Online);
    m_offline->setEnabled(hasServer && link != LinkState::Refused);
    m_contentRoots->menuAction()->setVisible(view != nullptr &&
                                             view->replica().contentChoices().size() > 1);
    m_copyLink->setEnabled(view != nullptr && !view->replica().address().isEmpty());
    updateFileAction();
}

} // namespace cowrite::ui
