#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;

namespace cowrite::ui {

class Editor;

/// The bar below the text that asks for a line, "17" or with a column "17:5".
class GoToBar : public QFrame {
    Q_OBJECT

public:
    explicit GoToBar(QWidget *parent = nullptr);

    void setEditor(Editor &editor);
    void open();

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void close();
    void go();

    QPointer<Editor> m_editor;
    QLineEdit *m_input;
    QLabel *m_range;
};

} // namespace cowrite::ui
