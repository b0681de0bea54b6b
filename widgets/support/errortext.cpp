// SPDX-License-Identifier: GPL-3.0-or-later
#include "errortext.h"

#include "qtbridge.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace llmd {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

} // namespace

QString errorHeadline(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return tr("A value is not allowed");
    case ErrorCode::Syntax:
        return tr("The text has a syntax error");
    case ErrorCode::WrongType:
        return tr("A field has the wrong type");
    case ErrorCode::MissingField:
        return tr("A field is missing");
    case ErrorCode::NotFound:
        return tr("Something was not found");
    case ErrorCode::Unsupported:
        return tr("This is not supported");
    case ErrorCode::LimitExceeded:
        return tr("This is more than can be handled");
    case ErrorCode::Io:
        return tr("A file cannot be read or written");
    case ErrorCode::Cancelled:
        return tr("Stopped");
    case ErrorCode::Internal:
        return tr("The workbench made a mistake");
    }
    return tr("The workbench made a mistake");
}

QString locationText(const Location& location)
{
    const QString file = toQString(location.file);
    if (location.line <= 0)
        return file;
    if (file.isEmpty())
        return location.column > 0
            ? tr("line %1, column %2").arg(location.line).arg(location.column)
            : tr("line %1").arg(location.line);
    return location.column > 0
        ? tr("%1, line %2, column %3").arg(file).arg(location.line).arg(location.column)
        : tr("%1, line %2").arg(file).arg(location.line);
}

QString errorText(const Error& error)
{
    QString text = errorHeadline(error.code);
    if (const QString detail = toQString(error.detail); !detail.isEmpty())
        text = tr("%1: %2").arg(text, detail);
    if (error.where) {
        if (const QString place = locationText(*error.where); !place.isEmpty())
            text = tr("%1 (%2)").arg(text, place);
    }
    return text;
}

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return tr("Note");
    case Severity::Warning:
        return tr("Warning");
    case Severity::Error:
        return tr("Error");
    }
    return {};
}

} // namespace llmd
