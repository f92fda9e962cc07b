#pragma once

class QAbstractItemView;

namespace cowrite::ui {

/// Lets Tab come to a list only while there is something in it: the focus shows on a row. Once,
/// after the list has its model.
void takeFocusWhenFilled(QAbstractItemView &list);

} // namespace cowrite::ui
