// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

/** Runs the real program, without display and without the user's settings. */
namespace clitest {

struct ProgramRun
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    nlohmann::json json() const
    {
        return nlohmann::json::parse(output.toStdString(), nullptr, false);
    }
};

inline ProgramRun runProgram(const QStringList& arguments, const QString& folder = QDir::tempPath())
{
    QProcess process;
    QProcessEnvironment bare; // no DISPLAY, no HOME, no locale
    bare.insert("PATH", "/usr/bin:/bin");
    process.setProcessEnvironment(bare);
    process.setWorkingDirectory(folder);
    process.start(qEnvironmentVariable("LLMD_PROGRAM"), arguments);
    ProgramRun run;
    if (!process.waitForFinished(120000))
        return run;
    run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.output = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    return run;
}

inline QByteArray writeFile(const QTemporaryDir& folder, const char* name,
                            const QByteArray& content)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(content);
    return file.fileName().toUtf8();
}

} // namespace clitest
