#pragma once

#include <QLineEdit>

#include <functional>

class QCompleter;
class QStringListModel;

namespace cowrite::ui {

/// A line to write a message in; `@` offers the people one may mean.
class MessageInput : public QLineEdit {
    Q_OBJECT

public:
    /// `names`: whom one may mention, asked for whenever somebody writes `@`.
    explicit MessageInput(std::function<QStringList()> names, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void offerNames();
    void insertName(const QString &name);
    /// Where the `@` of the name that is being written stands; -1 for none.
    [[nodiscard]] qsizetype mentionStart() const;

    std::function<QStringList()> m_names;
    QStringListModel *m_model;
    QCompleter *m_completer;
};

} // namespace cowrite::ui
