// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/** Object names of the actions: stable ids for tests, settings and the list of shortcuts. */
namespace llmd::actionids {

constexpr auto fileNew = "file.new";
constexpr auto fileNewWindow = "file.new_window";
constexpr auto fileClose = "file.close";
constexpr auto fileOpen = "file.open";
constexpr auto fileOpenRecent = "file.open_recent";
constexpr auto fileClearRecent = "file.clear_recent";
constexpr auto fileOpenSample = "file.open_sample";
constexpr auto fileSave = "file.save";
constexpr auto fileSaveAs = "file.save_as";
constexpr auto fileReview = "file.review";
constexpr auto fileImport = "file.import";
constexpr auto fileQuit = "file.quit";
constexpr auto editUndo = "edit.undo";
constexpr auto editRedo = "edit.redo";
constexpr auto editSearch = "edit.search";
constexpr auto editPreferences = "edit.preferences";
constexpr auto viewThemeSystem = "view.theme_system";
constexpr auto viewThemeLight = "view.theme_light";
constexpr auto viewThemeDark = "view.theme_dark";
constexpr auto viewResetLayout = "view.reset_layout";
constexpr auto viewIssues = "view.issues";
constexpr auto helpPage = "help.page";
constexpr auto helpWhatsThis = "help.whats_this";
constexpr auto helpTour = "help.tour";
constexpr auto helpShortcuts = "help.shortcuts";
constexpr auto helpAccuracy = "help.accuracy";
constexpr auto helpAbout = "help.about";

} // namespace llmd::actionids
