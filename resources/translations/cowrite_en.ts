<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Status</name>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %1: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Connecting to %1: %Ln edit saved on this computer</numerusform>
            <numerusform>Connecting to %1: %Ln edits saved on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved here, %Ln edit(s) on the way to %1</source>
        <translation>
            <numerusform>Saved here, %Ln edit on the way to %1</numerusform>
            <numerusform>Saved here, %Ln edits on the way to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Offline: %Ln edit saved on this computer</numerusform>
            <numerusform>Offline: %Ln edits saved on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not connected: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Not connected: %Ln edit saved on this computer</numerusform>
            <numerusform>Not connected: %Ln edits saved on this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::desktop::HostingTray</name>
    <message numerus="yes">
        <source>Cowrite shares %Ln document(s) from this computer.</source>
        <translation>
            <numerusform>Cowrite shares %Ln document from this computer.</numerusform>
            <numerusform>Cowrite shares %Ln documents from this computer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ChatPane</name>
    <message numerus="yes">
        <source>%Ln people are typing…</source>
        <translation>
            <numerusform>%Ln person is typing…</numerusform>
            <numerusform>%Ln people are typing…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::EditAnnouncer</name>
    <message numerus="yes">
        <source>%1 wrote in %Ln line(s).</source>
        <translation>
            <numerusform>%1 wrote in %Ln line.</numerusform>
            <numerusform>%1 wrote in %Ln lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::FindBar</name>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln match(es)</source>
        <translation>
            <numerusform>more than %Ln match</numerusform>
            <numerusform>more than %Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MainWindow</name>
    <message numerus="yes">
        <source>%Ln edit(s) have not reached %1 yet.</source>
        <translation>
            <numerusform>%Ln edit has not reached %1 yet.</numerusform>
            <numerusform>%Ln edits have not reached %1 yet.</numerusform>
        </translation>
    </message>
</context>
</TS>
