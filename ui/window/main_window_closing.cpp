// The part of MainWindow that closes it, once every edit is stored or given up.
#include "ui/document/document_view.h"
#include "ui/panes/side_pane.h"
#include "ui/window/editor_actions.h"
#include "ui/window/main_window.h"
#include "ui/words/sentence.h"
#include "ui/words/translation.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace cowrite::ui {

QString MainWindow::lossWarning() const
{
    for (const DocumentView *view : m_views) {
        const session::Replica &replica = view->replica();
        if (replica.diskState() != session::DiskState::Ok && replica.edits().unsaved > 0) {
            return tr("“%1” is not saved.\nIf you close now, the last edits are lost. %2")
                .arg(replica.title(), sentenceOf(replica.diskMessage()));
        }
    }
    return {};
}

QString MainWindow::closeWarning() const
{
    if (const QString loss = lossWarning(); !loss.isEmpty()) {
        return loss;
    }
    quint64 waiting = 0;
    QString server;
    for (const DocumentView *view : m_views) {
        const session::Replica &replica = view->replica();
        if (replica.edits().waiting > 0) {
            waiting += replica.edits().waiting;
            server = replica.serverName();
        }
    }
    if (waiting == 0) {
        return {};
    }
    return tr("%Ln edit(s) have not reached %1 yet.", nullptr, pluralOf(waiting)).arg(server) +
           QLatin1Char('\n') +
           tr("Everything is saved on this computer and will be sent the next time Cowrite runs.");
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closing == Closing::Done) {
        event->accept();
        return;
    }
    // It closes by itself once everything is stored.
    event->ignore();
    if (m_closing != Closing::No || findChild<QMessageBox *>() != nullptr) {
        return;
    }
    const QString warning = closeWarning();
    if (warning.isEmpty()) {
        finish();
        return;
    }
    // What cannot be stored now was asked about; what can be is stored first.
    askToClose(warning, lossWarning().isEmpty() ? &MainWindow::finish : &MainWindow::leave);
}

void MainWindow::askToClose(const QString &warning, void (MainWindow::*close)())
{
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("closeWarning"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(warning.section(QLatin1Char('\n'), 0, 0));
    box->setInformativeText(warning.section(QLatin1Char('\n'), 1));
    QPushButton *closeButton = box->addButton(tr("Close"), QMessageBox::AcceptRole);
    QPushButton *keepButton = box->addButton(tr("Keep open"), QMessageBox::RejectRole);
    box->setDefaultButton(keepButton);
    connect(closeButton, &QPushButton::clicked, this, close);
    box->open();
}

void MainWindow::finish()
{
    if (m_closing != Closing::No) {
        return;
    }
    m_closing = Closing::Storing;
    setEnabled(false);
    m_profile.flush();
}

void MainWindow::onFlushed(const QString &error)
{
    if (m_closing == Closing::Leaving) {
        m_closing = Closing::Done;
        close();
        return;
    }
    if (m_closing != Closing::Storing) {
        return;
    }
    if (error.isEmpty()) {
        leave();
        return;
    }
    m_closing = Closing::No;
    setEnabled(true);
    if (findChild<QMessageBox *>() != nullptr) {
        return; // it is asked already
    }
    const QString loss = lossWarning();
    askToClose(loss.isEmpty()
                   ? tr("Not everything is saved.\nIf you close now, the last edits are lost. %1")
                         .arg(sentenceOf(error))
                   : loss,
               &MainWindow::leave);
}

void MainWindow::leave()
{
    m_closing = Closing::Leaving;
    m_storeState.stop();
    m_stateFile.writeNow(currentState());
    m_sidePane->setView(nullptr);
    const QList<DocumentView *> views = std::exchange(m_views, {});
    qDeleteAll(views);
    setEnabled(false);
    m_profile.closeAll();
}

} // namespace cowrite::ui
