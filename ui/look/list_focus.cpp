#include "ui/look/list_focus.h"

#include <QAbstractItemView>

namespace cowrite::ui {

void takeFocusWhenFilled(QAbstractItemView &list)
{
    const QAbstractItemModel *model = list.model();
    const auto update = [&list, model, filled = list.focusPolicy()] {
        list.setFocusPolicy(model->rowCount() > 0 ? filled : Qt::NoFocus);
    };
    QObject::connect(model, &QAbstractItemModel::rowsInserted, &list, update);
    QObject::connect(model, &QAbstractItemModel::rowsRemoved, &list, update);
    QObject::connect(model, &QAbstractItemModel::modelReset, &list, update);
    update();
}

} // namespace cowrite::ui
