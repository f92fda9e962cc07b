<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Author</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>“%1” could not be written: %2.</source>
        <translation>„%1“ konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Einfacher Text (*.txt)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Document for Yjs programs (*.yjs)</source>
        <translation>Dokument für Yjs-Programme (*.yjs)</translation>
    </message>
    <message>
        <source>Document for Yjs programs, small (*.yjs2)</source>
        <translation>Dokument für Yjs-Programme, klein (*.yjs2)</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>d MMMM</source>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>Heute %1</translation>
    </message>
    <message>
        <source>Yesterday %1</source>
        <translation>Gestern %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Plain text</source>
        <translation>Einfacher Text</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>“%1” is not the address of a shared document. It looks like cowrite://computer:7300/r/name or ws://computer:1234/name.</source>
        <translation>„%1“ ist nicht die Adresse eines geteilten Dokuments. Sie sieht aus wie cowrite://computer:7300/r/name oder ws://computer:1234/name.</translation>
    </message>
    <message>
        <source>The end of this link, behind the #, is damaged. Copy the whole link again.</source>
        <translation>Das Ende dieses Links, hinter dem #, ist beschädigt. Kopiere den ganzen Link noch einmal.</translation>
    </message>
    <message>
        <source>“%1” is not an address to listen on. It looks like 127.0.0.1:7300; port 0 picks a free one.</source>
        <translation>„%1“ ist keine Adresse, auf der Cowrite lauschen kann. Sie sieht aus wie 127.0.0.1:7300; Port 0 nimmt einen freien.</translation>
    </message>
    <message>
        <source>%1 has no document at this address.</source>
        <translation>%1 hat kein Dokument unter dieser Adresse.</translation>
    </message>
    <message>
        <source>%1 does not let you in with this link.</source>
        <translation>%1 lässt dich mit diesem Link nicht herein.</translation>
    </message>
    <message>
        <source>%1 has too many visitors just now.</source>
        <translation>%1 hat gerade zu viele Besucher.</translation>
    </message>
    <message>
        <source>%1 does not share documents.</source>
        <translation>%1 teilt keine Dokumente.</translation>
    </message>
    <message>
        <source>There is no computer called “%1”. Check the address.</source>
        <translation>Es gibt keinen Computer namens „%1“. Prüfe die Adresse.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is the session still running?</source>
        <translation>Unter %1 antwortet nichts. Läuft die Sitzung noch?</translation>
    </message>
    <message>
        <source>The network does not reach %1.</source>
        <translation>Das Netzwerk erreicht %1 nicht.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 does not speak an encryption that is safe.</source>
        <translation>%1 beherrscht keine sichere Verschlüsselung.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
    </message>
    <message>
        <source>%1 has ended the connection.</source>
        <translation>%1 hat die Verbindung beendet.</translation>
    </message>
    <message>
        <source>The link to %1 says which key the server has, and its address does without encryption. Ask for a new link.</source>
        <translation>Der Link zu %1 nennt den Schlüssel des Servers, aber seine Adresse ist ohne Verschlüsselung. Bitte um einen neuen Link.</translation>
    </message>
    <message>
        <source>This computer cannot encrypt connections.</source>
        <translation>Dieser Computer kann Verbindungen nicht verschlüsseln.</translation>
    </message>
    <message>
        <source>%1 cannot show that it is the one it says (%2). Ask its host for a link.</source>
        <translation>%1 kann nicht nachweisen, dass er der richtige ist (%2). Bitte den Gastgeber um einen Link.</translation>
    </message>
    <message>
        <source>%1 has another key than this link says. Either it is not the one that the link is from, or its key was made anew: ask its host for a new link.</source>
        <translation>%1 hat einen anderen Schlüssel, als dieser Link sagt. Entweder ist der Link nicht von dort, oder der Schlüssel ist neu: Bitte den Gastgeber um einen neuen Link.</translation>
    </message>
    <message>
        <source>%1 has no file “%2”, or does not share its files.</source>
        <translation>%1 hat keine Datei „%2“ oder teilt seine Dateien nicht.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Der Server antwortet nicht.</translation>
    </message>
    <message>
        <source>The server does not let you in.</source>
        <translation>Der Server lässt dich nicht herein.</translation>
    </message>
    <message>
        <source>You have left the session.</source>
        <translation>Du hast die Sitzung verlassen.</translation>
    </message>
    <message>
        <source>There is another document at this address now. Nothing was mixed; your copy is safe here.</source>
        <translation>Unter dieser Adresse ist jetzt ein anderes Dokument. Nichts wurde vermischt; deine Kopie ist hier sicher.</translation>
    </message>
    <message>
        <source>There is no other document at this address.</source>
        <translation>Unter dieser Adresse ist kein anderes Dokument.</translation>
    </message>
    <message>
        <source>You were removed from this session.</source>
        <translation>Du wurdest aus dieser Sitzung entfernt.</translation>
    </message>
    <message>
        <source>The host has stopped sharing this document.</source>
        <translation>Der Gastgeber teilt dieses Dokument nicht mehr.</translation>
    </message>
    <message>
        <source>Too much was sent at once. Connect again to go on.</source>
        <translation>Es wurde zu viel auf einmal gesendet. Verbinde dich neu, um weiterzumachen.</translation>
    </message>
    <message>
        <source>With this link you can read, and not write.</source>
        <translation>Mit diesem Link kannst du lesen, aber nicht schreiben.</translation>
    </message>
    <message>
        <source>This document needs an invitation. Ask for a link, and open the whole link.</source>
        <translation>Dieses Dokument braucht eine Einladung. Bitte um einen Link und öffne den ganzen Link.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy the whole link again.</source>
        <translation>Dieser Link ist beschädigt. Kopiere den ganzen Link noch einmal.</translation>
    </message>
    <message>
        <source>This invitation is not from this server. Ask for a new link.</source>
        <translation>Diese Einladung ist nicht von diesem Server. Bitte um einen neuen Link.</translation>
    </message>
    <message>
        <source>This invitation was withdrawn. Ask for a new link.</source>
        <translation>Diese Einladung wurde zurückgezogen. Bitte um einen neuen Link.</translation>
    </message>
    <message>
        <source>This invitation has expired. Ask for a new link.</source>
        <translation>Diese Einladung ist abgelaufen. Bitte um einen neuen Link.</translation>
    </message>
    <message>
        <source>This invitation is not valid yet. Try again later.</source>
        <translation>Diese Einladung gilt noch nicht. Versuche es später noch einmal.</translation>
    </message>
    <message>
        <source>This invitation is for another document. Ask for a link to this one.</source>
        <translation>Diese Einladung ist für ein anderes Dokument. Bitte um einen Link zu diesem.</translation>
    </message>
    <message>
        <source>This app hosts on another address already. Stop that first.</source>
        <translation>Cowrite teilt schon unter einer anderen Adresse. Beende das zuerst.</translation>
    </message>
    <message>
        <source>This app does not host yet.</source>
        <translation>Cowrite teilt noch nichts.</translation>
    </message>
    <message>
        <source>This document is shared by %1 already. Send that link instead.</source>
        <translation>Dieses Dokument wird schon von %1 geteilt. Schicke jenen Link.</translation>
    </message>
    <message>
        <source>This document is shared from here. Stop sharing first.</source>
        <translation>Dieses Dokument wird von hier geteilt. Beende das zuerst.</translation>
    </message>
    <message>
        <source>What is sent to %1 could be read on the way. Use encryption, listen on 127.0.0.1, or allow the open network explicitly.</source>
        <translation>Was an %1 gesendet wird, könnte unterwegs gelesen werden. Nimm Verschlüsselung, lausche auf 127.0.0.1 oder erlaube das offene Netz ausdrücklich.</translation>
    </message>
    <message>
        <source>Port %1 is in use by another program. Choose another port, or 0 for any free one.</source>
        <translation>Port %1 wird von einem anderen Programm benutzt. Wähle einen anderen, oder 0 für irgendeinen freien.</translation>
    </message>
    <message>
        <source>This user may not listen on port %1. Choose a port above 1023.</source>
        <translation>Dieser Benutzer darf nicht auf Port %1 lauschen. Wähle einen Port über 1023.</translation>
    </message>
    <message>
        <source>This computer does not have the address %1.</source>
        <translation>Dieser Computer hat die Adresse %1 nicht.</translation>
    </message>
    <message>
        <source>Cannot listen on %1, port %2: %3.</source>
        <translation>Auf %1, Port %2, kann nicht gelauscht werden: %3.</translation>
    </message>
    <message>
        <source>A certificate could not be made: %1.</source>
        <translation>Ein Zertifikat konnte nicht erzeugt werden: %1.</translation>
    </message>
    <message>
        <source>The certificate could not be stored in %1: %2.</source>
        <translation>Das Zertifikat konnte nicht in %1 gespeichert werden: %2.</translation>
    </message>
    <message>
        <source>The certificate in %1 is damaged. Bring it back from a copy, or delete the file: then links that were sent stop working, and have to be sent anew.</source>
        <translation>Das Zertifikat in %1 ist beschädigt. Hole es aus einer Kopie zurück oder lösche die Datei: Dann gelten verschickte Links nicht mehr und müssen neu verschickt werden.</translation>
    </message>
    <message>
        <source>This is not a certificate.</source>
        <translation>Das ist kein Zertifikat.</translation>
    </message>
    <message>
        <source>This certificate has no public key.</source>
        <translation>Dieses Zertifikat hat keinen öffentlichen Schlüssel.</translation>
    </message>
    <message>
        <source>This certificate and its key cannot be used. Keys may be of the kinds RSA and EC.</source>
        <translation>Dieses Zertifikat und sein Schlüssel sind nicht verwendbar. Schlüssel dürfen von der Art RSA oder EC sein.</translation>
    </message>
    <message>
        <source>This invitation would have ended before it began.</source>
        <translation>Diese Einladung wäre zu Ende, bevor sie beginnt.</translation>
    </message>
    <message>
        <source>There are too many invitations. Withdraw a key to begin anew.</source>
        <translation>Es gibt zu viele Einladungen. Ziehe einen Schlüssel zurück, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>There is no such key.</source>
        <translation>Diesen Schlüssel gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such invitation.</source>
        <translation>Diese Einladung gibt es nicht.</translation>
    </message>
    <message>
        <source>The stored invitations cannot be read.</source>
        <translation>Die gespeicherten Einladungen sind nicht lesbar.</translation>
    </message>
    <message>
        <source>The invitations cannot be stored in %1: %2.</source>
        <translation>Die Einladungen können nicht in %1 gespeichert werden: %2.</translation>
    </message>
    <message>
        <source>The invitations in %1 are damaged. Bring the file back from a copy, or delete it: then links that were sent stop working, and have to be sent anew.</source>
        <translation>Die Einladungen in %1 sind beschädigt. Hole die Datei aus einer Kopie zurück oder lösche sie: Dann gelten verschickte Links nicht mehr und müssen neu verschickt werden.</translation>
    </message>
    <message>
        <source>This document is not on this computer any more.</source>
        <translation>Dieses Dokument ist nicht mehr auf diesem Computer.</translation>
    </message>
    <message>
        <source>This document is open. Close it first.</source>
        <translation>Dieses Dokument ist offen. Schließe es zuerst.</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>Es gibt nichts zu senden.</translation>
    </message>
    <message>
        <source>This message is too long. Split it, or put it into the document.</source>
        <translation>Diese Nachricht ist zu lang. Teile sie auf oder schreibe sie ins Dokument.</translation>
    </message>
    <message>
        <source>The text that this is about was removed. Select another piece.</source>
        <translation>Der Text, um den es geht, wurde entfernt. Markiere ein anderes Stück.</translation>
    </message>
    <message>
        <source>Somebody has removed this comment.</source>
        <translation>Jemand hat diesen Kommentar entfernt.</translation>
    </message>
    <message>
        <source>Give the version a name.</source>
        <translation>Gib der Version einen Namen.</translation>
    </message>
    <message>
        <source>This document is only to be looked at here.</source>
        <translation>Dieses Dokument lässt sich hier nur ansehen.</translation>
    </message>
    <message>
        <source>There is nothing to name before the first edit.</source>
        <translation>Vor der ersten Änderung gibt es nichts zu benennen.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
        <source>You may not use %1.</source>
        <translation>Du darfst %1 nicht benutzen.</translation>
    </message>
    <message>
        <source>You may not read %1.</source>
        <translation>Du darfst %1 nicht lesen.</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a text file.</source>
        <translation>%1 ist ein Ordner. Wähle eine Textdatei.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>%1 kann nicht benutzt werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Another program is writing to %1.</source>
        <translation>Ein anderes Programm schreibt gerade in %1.</translation>
    </message>
    <message>
        <source>The file is being written to.</source>
        <translation>In die Datei wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>%1 is not a file with text in it.</source>
        <translation>%1 ist keine Datei mit Text.</translation>
    </message>
    <message>
        <source>%1 is too large for a document: more than %2 MB.</source>
        <translation>%1 ist zu groß für ein Dokument: mehr als %2 MB.</translation>
    </message>
    <message>
        <source>%1 is not a text file. Cowrite opens text in UTF-8.</source>
        <translation>%1 ist keine Textdatei. Cowrite öffnet Text in UTF-8.</translation>
    </message>
    <message>
        <source>%1 is neither text in UTF-8 nor a whole document of a Yjs program.</source>
        <translation>%1 ist weder Text in UTF-8 noch ein ganzes Dokument eines Yjs-Programms.</translation>
    </message>
    <message>
        <source>%1 is only a part of a document. Open a file with the whole of it.</source>
        <translation>%1 ist nur ein Teil eines Dokuments. Öffne eine Datei mit dem ganzen.</translation>
    </message>
    <message>
        <source>%1 holds no text that Cowrite could show.</source>
        <translation>%1 enthält keinen Text, den Cowrite zeigen könnte.</translation>
    </message>
    <message>
        <source>%1 holds no text that Cowrite could show. It has these parts: %2.</source>
        <translation>%1 enthält keinen Text, den Cowrite zeigen könnte. Diese Teile sind darin: %2.</translation>
    </message>
    <message>
        <source>“%1” is kept in step with the document “%2”. Choose another file.</source>
        <translation>„%1“ ist schon mit dem Dokument „%2“ verbunden. Wähle eine andere Datei.</translation>
    </message>
    <message>
        <source>This document has characters that cannot be in a text file.</source>
        <translation>Dieses Dokument hat Zeichen, die in keiner Textdatei stehen können.</translation>
    </message>
    <message>
        <source>This document cannot be changed. What another program wrote into “%1” stays there alone.</source>
        <translation>Dieses Dokument kann nicht geändert werden. Was ein anderes Programm in „%1“ geschrieben hat, bleibt nur dort.</translation>
    </message>
    <message>
        <source>“%1” is not there any more.</source>
        <translation>„%1“ ist nicht mehr da.</translation>
    </message>
    <message>
        <source>“%1” cannot be written: the disk is full.</source>
        <translation>„%1“ kann nicht geschrieben werden: Die Festplatte ist voll.</translation>
    </message>
    <message>
        <source>“%1” cannot be written there.</source>
        <translation>„%1“ kann dort nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 Your text is safe in Cowrite, and goes into the file as soon as that is possible.</source>
        <translation>%1 Dein Text ist in Cowrite sicher und kommt in die Datei, sobald das möglich ist.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Die Festplatte ist voll.</translation>
    </message>
    <message>
        <source>The disk or the folder cannot be written to.</source>
        <translation>Die Festplatte oder der Ordner ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>The disk failed: %1.</source>
        <translation>Fehler der Festplatte: %1.</translation>
    </message>
    <message>
        <source>%1 changes could not be saved: %2</source>
        <translation>Nicht gespeicherte Änderungen: %1. %2</translation>
    </message>
    <message>
        <source>The folder of this profile cannot be written to.</source>
        <translation>In den Ordner dieses Profils kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be created: %2.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The folder cannot be locked: %1.</source>
        <translation>Der Ordner kann nicht gesperrt werden: %1.</translation>
    </message>
    <message>
        <source>Another Cowrite is using this folder.</source>
        <translation>Ein anderes Cowrite benutzt diesen Ordner.</translation>
    </message>
    <message>
        <source>Another Cowrite (process %1) is using this folder.</source>
        <translation>Ein anderes Cowrite (Prozess %1) benutzt diesen Ordner.</translation>
    </message>
    <message>
        <source>The log is damaged: %1.</source>
        <translation>Das Protokoll ist beschädigt: %1.</translation>
    </message>
    <message>
        <source>The log is damaged: it has no version.</source>
        <translation>Das Protokoll ist beschädigt: Es hat keine Version.</translation>
    </message>
    <message>
        <source>The log is damaged: its header forbids to write.</source>
        <translation>Das Protokoll ist beschädigt: Sein Kopf verbietet das Schreiben.</translation>
    </message>
    <message>
        <source>The log cannot be used: %1.</source>
        <translation>Das Protokoll ist nicht benutzbar: %1.</translation>
    </message>
    <message>
        <source>The log is closed.</source>
        <translation>Das Protokoll ist geschlossen.</translation>
    </message>
    <message>
        <source>There is no memory left to open the log.</source>
        <translation>Der Speicher reicht nicht, um das Protokoll zu öffnen.</translation>
    </message>
    <message>
        <source>The file log.sqlite in this folder is not Cowrite&apos;s.</source>
        <translation>Die Datei log.sqlite in diesem Ordner ist nicht von Cowrite.</translation>
    </message>
    <message>
        <source>This folder was written by a newer Cowrite (its log has version %1, this one knows %2). Install the newer one to open it.</source>
        <translation>Dieser Ordner stammt von einem neueren Cowrite (sein Protokoll hat Version %1, dieses kennt %2). Installiere das neuere, um ihn zu öffnen.</translation>
    </message>
    <message>
        <source>The file with the documents was damaged and has been repaired. As it was, it is kept in %1.</source>
        <translation>Die Datei mit den Dokumenten war beschädigt und ist repariert. So wie sie war, liegt sie in %1.</translation>
    </message>
    <message>
        <source>The damaged log cannot be kept: %1.</source>
        <translation>Das beschädigte Protokoll kann nicht aufgehoben werden: %1.</translation>
    </message>
    <message>
        <source>The damaged log cannot be replaced: %1.</source>
        <translation>Das beschädigte Protokoll kann nicht ersetzt werden: %1.</translation>
    </message>
    <message>
        <source>Nothing that is sound was found.</source>
        <translation>Es wurde nichts Unversehrtes gefunden.</translation>
    </message>
    <message>
        <source>This document is not in the log.</source>
        <translation>Dieses Dokument ist nicht im Protokoll.</translation>
    </message>
    <message>
        <source>There is a document with this key already.</source>
        <translation>Ein Dokument mit diesem Schlüssel gibt es schon.</translation>
    </message>
    <message>
        <source>A part of the history is damaged.</source>
        <translation>Ein Teil des Verlaufs ist beschädigt.</translation>
    </message>
    <message>
        <source>There are as many people here as there may be.</source>
        <translation>Hier sind so viele Leute, wie es sein dürfen.</translation>
    </message>
    <message>
        <source>This document is as large as it may be there.</source>
        <translation>Dieses Dokument ist so groß, wie es dort sein darf.</translation>
    </message>
    <message>
        <source>This document was deleted from the server.</source>
        <translation>Dieses Dokument wurde vom Server gelöscht.</translation>
    </message>
    <message>
        <source>The link of this document has ended.</source>
        <translation>Der Link zu diesem Dokument ist abgelaufen.</translation>
    </message>
    <message>
        <source>This computer has no keyring.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund.</translation>
    </message>
    <message>
        <source>Whoever reaches %1 could read and write without an invitation. Share from 127.0.0.1, or allow the open network explicitly.</source>
        <translation>Wer %1 erreicht, könnte ohne Einladung lesen und schreiben. Teile von 127.0.0.1 aus oder erlaube das offene Netz ausdrücklich.</translation>
    </message>
    <message>
        <source>%1 has another key than it should have: somebody may be posing as it.</source>
        <translation>%1 hat einen anderen Schlüssel, als es haben sollte: Vielleicht gibt sich jemand dafür aus.</translation>
    </message>
    <message>
        <source>You were not let in just now. Ask for the link to this document.</source>
        <translation>Du wurdest gerade nicht eingelassen. Frag nach dem Link zu diesem Dokument.</translation>
    </message>
    <message>
        <source>This document is not shared any more.</source>
        <translation>Dieses Dokument wird nicht mehr geteilt.</translation>
    </message>
    <message>
        <source>Too many people ask to be let in. Try again in a minute.</source>
        <translation>Zu viele bitten um Einlass. Versuch es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>Nobody can ask to be let in there any more.</source>
        <translation>Dort kann niemand mehr um Einlass bitten.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>the server</source>
        <translation>dem Server</translation>
    </message>
    <message>
        <source>Not saved: disk full</source>
        <translation>Nicht gespeichert: Festplatte voll</translation>
    </message>
    <message>
        <source>Not saved: the disk cannot be written to</source>
        <translation>Nicht gespeichert: Die Festplatte ist schreibgeschützt</translation>
    </message>
    <message>
        <source>Not saved: the disk does not work</source>
        <translation>Nicht gespeichert: Die Festplatte funktioniert nicht</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Saved on this computer</source>
        <translation>Auf diesem Computer gespeichert</translation>
    </message>
    <message>
        <source>Saved here, shared from this computer</source>
        <translation>Hier gespeichert, von diesem Computer geteilt</translation>
    </message>
    <message>
        <source>Saved here, connecting to %1</source>
        <translation>Hier gespeichert, Verbindung mit %1 wird aufgebaut</translation>
    </message>
    <message>
        <source>Saved here and on %1</source>
        <translation>Hier und auf %1 gespeichert</translation>
    </message>
    <message>
        <source>Saved here, sent to %1</source>
        <translation>Hier gespeichert, zu %1 gesendet</translation>
    </message>
    <message>
        <source>Offline: everything saved on this computer</source>
        <translation>Offline: alles auf diesem Computer gespeichert</translation>
    </message>
    <message>
        <source>Not connected: everything saved on this computer</source>
        <translation>Nicht verbunden: alles auf diesem Computer gespeichert</translation>
    </message>
    <message>
        <source>Not trying to connect</source>
        <translation>Kein Verbindungsversuch</translation>
    </message>
    <message>
        <source>Retrying in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>Neuer Versuch …</translation>
    </message>
    <message>
        <source>Round trip %1 ms</source>
        <translation>Antwortzeit %1 ms</translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln Person</numerusform>
            <numerusform>%Ln Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep this window open: your text is here until it can be saved.</source>
        <translation>Lass dieses Fenster offen: Dein Text bleibt hier, bis er gespeichert werden kann.</translation>
    </message>
    <message>
        <source>Open the other one</source>
        <translation>Das andere öffnen</translation>
    </message>
    <message>
        <source>Publish mine anew</source>
        <translation>Meines neu teilen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>Neu schreiben</translation>
    </message>
    <message>
        <source>You are offline.</source>
        <translation>Du bist offline.</translation>
    </message>
    <message>
        <source>Keep writing: every edit is safe here and syncs when the connection returns.</source>
        <translation>Schreib weiter: Jede Änderung ist hier sicher und wird abgeglichen, sobald die Verbindung zurück ist.</translation>
    </message>
    <message>
        <source>Connect now</source>
        <translation>Jetzt verbinden</translation>
    </message>
    <message>
        <source>You can read this document, but not change it.</source>
        <translation>Du kannst dieses Dokument lesen, aber nicht ändern.</translation>
    </message>
    <message>
        <source>What you wrote before stays on this computer. Ask for a link with which you can write.</source>
        <translation>Was du vorher geschrieben hast, bleibt auf diesem Computer. Bitte um einen Link, mit dem du schreiben kannst.</translation>
    </message>
    <message>
        <source>Ask for a link with which you can write.</source>
        <translation>Bitte um einen Link, mit dem du schreiben kannst.</translation>
    </message>
    <message>
        <source>It was made by a program that can do more than this version.</source>
        <translation>Es stammt von einem Programm, das mehr kann als diese Version.</translation>
    </message>
    <message>
        <source>A part of this document could not be read from the disk.</source>
        <translation>Ein Teil dieses Dokuments konnte nicht von der Festplatte gelesen werden.</translation>
    </message>
    <message>
        <source>It comes back as soon as somebody who has it is connected.</source>
        <translation>Er kommt zurück, sobald jemand verbunden ist, der ihn hat.</translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %1: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Verbindung mit %1: %Ln Änderung auf diesem Computer gespeichert</numerusform>
            <numerusform>Verbindung mit %1: %Ln Änderungen auf diesem Computer gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved here, %Ln edit(s) on the way to %1</source>
        <translation>
            <numerusform>Hier gespeichert, %Ln Änderung unterwegs zu %1</numerusform>
            <numerusform>Hier gespeichert, %Ln Änderungen unterwegs zu %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Offline: %Ln Änderung auf diesem Computer gespeichert</numerusform>
            <numerusform>Offline: %Ln Änderungen auf diesem Computer gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not connected: %Ln edit(s) saved on this computer</source>
        <translation>
            <numerusform>Nicht verbunden: %Ln Änderung auf diesem Computer gespeichert</numerusform>
            <numerusform>Nicht verbunden: %Ln Änderungen auf diesem Computer gespeichert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::desktop::HostingTray</name>
    <message>
        <source>Show Cowrite</source>
        <translation>Cowrite zeigen</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Nicht mehr teilen</translation>
    </message>
    <message numerus="yes">
        <source>Cowrite shares %Ln document(s) from this computer.</source>
        <translation>
            <numerusform>Cowrite teilt %Ln Dokument von diesem Computer.</numerusform>
            <numerusform>Cowrite teilt %Ln Dokumente von diesem Computer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::desktop::Notifications</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>cowrite::session::ReplicaPrivate</name>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>This computer has no keyring</source>
        <translation>Dieser Computer hat keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>The keyring has no invitation to this document any more</source>
        <translation>Der Schlüsselbund hat keine Einladung zu diesem Dokument mehr</translation>
    </message>
    <message>
        <source>The keyring was not opened</source>
        <translation>Der Schlüsselbund wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>%1: open the link to this document again to come in.</source>
        <translation>%1: Öffne den Link zu diesem Dokument noch einmal, um hineinzukommen.</translation>
    </message>
    <message>
        <source>%1: the invitation to this document is forgotten when Cowrite ends. Keep the link, to come back with it.</source>
        <translation>%1: Die Einladung zu diesem Dokument ist vergessen, wenn Cowrite endet. Hebe den Link auf, um damit wiederzukommen.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Banner</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ChatModel</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>%1 (answers %2)</source>
        <translation>%1 (Antwort an %2)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ChatPane</name>
    <message>
        <source>%1 is typing…</source>
        <translation>%1 schreibt …</translation>
    </message>
    <message>
        <source>%1 and %2 are typing…</source>
        <translation>%1 und %2 schreiben …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln people are typing…</source>
        <translation>
            <numerusform>%Ln Person schreibt …</numerusform>
            <numerusform>%Ln Personen schreiben …</numerusform>
        </translation>
    </message>
    <message>
        <source>Search the messages</source>
        <translation>Nachrichten durchsuchen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Do not answer this message</source>
        <translation>Nicht auf diese Nachricht antworten</translation>
    </message>
    <message>
        <source>Message everyone in this document</source>
        <translation>Nachricht an alle in diesem Dokument</translation>
    </message>
    <message>
        <source>Nobody has written here yet. Messages stay with the document, for everybody who has it.</source>
        <translation>Hier hat noch niemand geschrieben. Nachrichten bleiben beim Dokument, für alle, die es haben.</translation>
    </message>
    <message>
        <source>No message has “%1”.</source>
        <translation>Keine Nachricht enthält „%1“.</translation>
    </message>
    <message>
        <source>Answer to %1</source>
        <translation>Antwort an %1</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Antworten</translation>
    </message>
    <message>
        <source>&amp;Copy text</source>
        <translation>Text &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Search the messages</source>
        <translation>Nachrichten durch&amp;suchen</translation>
    </message>
    <message>
        <source>Show what this answers</source>
        <translation>Zeigen, worauf das antwortet</translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation>Gehe zu Zeile %1</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ColorChoice</name>
    <message>
        <source>Your colour</source>
        <translation>Deine Farbe</translation>
    </message>
    <message>
        <source>Colour %1 of %2</source>
        <translation>Farbe %1 von %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::CommentCard</name>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Reply to this comment</source>
        <translation>Auf diesen Kommentar antworten</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Comment by %1 on “%2”, %3: %4</source>
        <translation>Kommentar von %1 zu „%2“, %3: %4</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Erledigen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::CommentsPane</name>
    <message>
        <source>Comment</source>
        <translation>Kommentieren</translation>
    </message>
    <message>
        <source>Show resolved</source>
        <translation>Erledigte zeigen</translation>
    </message>
    <message>
        <source>Comment on this text</source>
        <translation>Diesen Text kommentieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>Nobody has commented on this document. Select some text, and press Ctrl+Alt+M.</source>
        <translation>Noch niemand hat dieses Dokument kommentiert. Markiere ein Stück Text und drücke Strg+Alt+M.</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>The text was removed</source>
        <translation>Der Text wurde entfernt</translation>
    </message>
    <message>
        <source>You can read this document, but not comment on it.</source>
        <translation>Du kannst dieses Dokument lesen, aber nicht kommentieren.</translation>
    </message>
    <message>
        <source>Select the text that the comment is about first.</source>
        <translation>Markiere zuerst den Text, um den es geht.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::DocumentListModel</name>
    <message>
        <source>Shared</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>on this computer only</source>
        <translation>nur auf diesem Computer</translation>
    </message>
    <message>
        <source>all saved on the server</source>
        <translation>alles auf dem Server gesichert</translation>
    </message>
    <message>
        <source>edits wait for the server</source>
        <translation>Änderungen warten auf den Server</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::DocumentView</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>%1 is here.</source>
        <translation>%1 ist hier.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Nobody else is in this document.</source>
        <translation>Außer dir ist niemand in diesem Dokument.</translation>
    </message>
    <message>
        <source>Looking at the time before the first edit.</source>
        <translation>Du siehst die Zeit vor der ersten Änderung.</translation>
    </message>
    <message>
        <source>Looking at %1.</source>
        <translation>Du siehst den Stand von %1.</translation>
    </message>
    <message>
        <source>The document itself has not changed.</source>
        <translation>Das Dokument selbst ist unverändert.</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>There is nothing to change. The document is like that already.</source>
        <translation>Es gibt nichts zu ändern. Das Dokument ist schon so.</translation>
    </message>
    <message>
        <source>The document is empty again. Undo takes that back.</source>
        <translation>Das Dokument ist wieder leer. Rückgängig nimmt das zurück.</translation>
    </message>
    <message>
        <source>The document is as it was at %1. Undo takes that back.</source>
        <translation>Das Dokument ist wieder wie zu diesem Zeitpunkt: %1. Rückgängig nimmt das zurück.</translation>
    </message>
    <message>
        <source>What you wrote since then is undone. Undo brings it back.</source>
        <translation>Was du seitdem geschrieben hast, ist zurückgenommen. Rückgängig holt es wieder.</translation>
    </message>
    <message>
        <source>What %1 wrote since then is undone. Undo brings it back.</source>
        <translation>Was %1 seitdem geschrieben hat, ist zurückgenommen. Rückgängig holt es wieder.</translation>
    </message>
    <message>
        <source>%1. Cowrite saves every edit by itself.</source>
        <translation>%1. Cowrite speichert jede Änderung von selbst.</translation>
    </message>
    <message>
        <source>Name this version</source>
        <translation>Diese Version benennen</translation>
    </message>
    <message>
        <source>Name this moment</source>
        <translation>Diesen Zeitpunkt benennen</translation>
    </message>
    <message>
        <source>Everybody who has the document sees the name.</source>
        <translation>Alle, die das Dokument haben, sehen den Namen.</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>typing</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>Follows you</source>
        <translation>Folgt dir</translation>
    </message>
    <message>
        <source>follows you</source>
        <translation>folgt dir</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::EditAnnouncer</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>%1 wrote in line %2.</source>
        <translation>%1 hat in Zeile %2 geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>%1 wrote in %Ln line(s).</source>
        <translation>
            <numerusform>%1 hat in %Ln Zeile geschrieben.</numerusform>
            <numerusform>%1 hat in %Ln Zeilen geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 wrote in lines %2.</source>
        <translation>%1 hat in den Zeilen %2 geschrieben.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Editor</name>
    <message>
        <source>Document text</source>
        <translation>Text des Dokuments</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::EditorActions</name>
    <message>
        <source>&amp;Find…</source>
        <translation>S&amp;uchen …</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Weitersuchen</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>Rückwär&amp;ts suchen</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>Er&amp;setzen …</translation>
    </message>
    <message>
        <source>&amp;Go to line…</source>
        <translation>Gehe zu &amp;Zeile …</translation>
    </message>
    <message>
        <source>Go to matching &amp;bracket</source>
        <translation>Zur &amp;passenden Klammer</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>&amp;Markdown preview</source>
        <translation>&amp;Markdown-Vorschau</translation>
    </message>
    <message>
        <source>&amp;Wrap long lines</source>
        <translation>Lange Zeilen &amp;umbrechen</translation>
    </message>
    <message>
        <source>Line &amp;numbers</source>
        <translation>Zeilen&amp;nummern</translation>
    </message>
    <message>
        <source>Wh&amp;o wrote each line</source>
        <translation>&amp;Wer welche Zeile schrieb</translation>
    </message>
    <message>
        <source>S&amp;paces and tabs</source>
        <translation>Leerzeichen und &amp;Tabs</translation>
    </message>
    <message>
        <source>P&amp;roportional font</source>
        <translation>&amp;Proportionale Schrift</translation>
    </message>
    <message>
        <source>&amp;Comment or uncomment</source>
        <translation>&amp;Kommentar ein/aus</translation>
    </message>
    <message>
        <source>&amp;Indent</source>
        <translation>&amp;Einrücken</translation>
    </message>
    <message>
        <source>&amp;Unindent</source>
        <translation>A&amp;usrücken</translation>
    </message>
    <message>
        <source>Move line &amp;up</source>
        <translation>Zeile nach &amp;oben</translation>
    </message>
    <message>
        <source>Move line &amp;down</source>
        <translation>Zeile nach u&amp;nten</translation>
    </message>
    <message>
        <source>Du&amp;plicate line</source>
        <translation>Zeile &amp;verdoppeln</translation>
    </message>
    <message>
        <source>De&amp;lete line</source>
        <translation>Zeile &amp;löschen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::FacesBar</name>
    <message>
        <source>People in this document</source>
        <translation>Personen in diesem Dokument</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::FindBar</name>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace this match and go to the next</source>
        <translation>Diesen Treffer ersetzen und zum nächsten gehen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Replace every match</source>
        <translation>Jeden Treffer ersetzen</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Once round the text</source>
        <translation>Von vorn begonnen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln ersetzt</numerusform>
            <numerusform>%Ln ersetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>Not an expression: %1</source>
        <translation>Kein gültiger Ausdruck: %1</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of more than %2</source>
        <translation>%1 von mehr als %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>more than %Ln match(es)</source>
        <translation>
            <numerusform>mehr als %Ln Treffer</numerusform>
            <numerusform>mehr als %Ln Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Following</name>
    <message>
        <source>You follow %1. Any key ends it.</source>
        <translation>Du folgst %1. Jede Taste beendet das.</translation>
    </message>
    <message>
        <source>You follow nobody any more.</source>
        <translation>Du folgst niemandem mehr.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::GoToBar</name>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>1 to %1</source>
        <translation>1 bis %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::HistoryModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
    <message>
        <source>“%1”, named by %2, %3</source>
        <translation>„%1“, benannt von %2, %3</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::HistoryPane</name>
    <message>
        <source>Name…</source>
        <translation>Name …</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>What was written, the latest first</source>
        <translation>Was geschrieben wurde, das Neueste zuerst</translation>
    </message>
    <message>
        <source>Give this moment a name</source>
        <translation>Diesem Zeitpunkt einen Namen geben</translation>
    </message>
    <message>
        <source>Open a document to see its history.</source>
        <translation>Öffne ein Dokument, um seinen Verlauf zu sehen.</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>Noch ist nichts geschrieben.</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Verlauf wird gelesen …</translation>
    </message>
    <message>
        <source>Before the first edit</source>
        <translation>Vor der ersten Änderung</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>You can read this document, but not change it.</source>
        <translation>Du kannst dieses Dokument lesen, aber nicht ändern.</translation>
    </message>
    <message>
        <source>Restore this moment</source>
        <translation>Diesen Zeitpunkt wiederherstellen</translation>
    </message>
    <message>
        <source>Undo everything I wrote since %1</source>
        <translation>Alles zurücknehmen, was ich seit %1 schrieb</translation>
    </message>
    <message>
        <source>Undo everything %1 wrote since %2</source>
        <translation>Alles zurücknehmen, was %1 seit %2 schrieb</translation>
    </message>
    <message>
        <source>Remove the name “%1”</source>
        <translation>Namen „%1“ entfernen</translation>
    </message>
    <message>
        <source>Copy the text of this moment</source>
        <translation>Text dieses Zeitpunkts kopieren</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::IdentityDialog</name>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Your name and colour</source>
        <translation>Dein Name und deine Farbe</translation>
    </message>
    <message>
        <source>The people you write with see this name and this colour.</source>
        <translation>Die Leute, mit denen du schreibst, sehen diesen Namen und diese Farbe.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::JoinDialog</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open shared document</source>
        <translation>Geteiltes Dokument öffnen</translation>
    </message>
    <message>
        <source>Paste the link that you were sent.</source>
        <translation>Füge den Link ein, den du bekommen hast.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::LifeChoice</name>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MainWindow</name>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Open documents</source>
        <translation>Offene Dokumente</translation>
    </message>
    <message>
        <source>Write together</source>
        <translation>Zusammen schreiben</translation>
    </message>
    <message>
        <source>Begin a document and share it, or open one with a link.</source>
        <translation>Beginne ein Dokument und teile es, oder öffne eines mit einem Link.</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>Neues Dokument</translation>
    </message>
    <message>
        <source>Open shared document…</source>
        <translation>Mit Link öffnen …</translation>
    </message>
    <message>
        <source>%1 – Cowrite</source>
        <translation>%1 – Cowrite</translation>
    </message>
    <message>
        <source>Cowrite</source>
        <translation>Cowrite</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>This copy is on this computer only now. Share it to write together.</source>
        <translation>Diese Kopie ist jetzt nur auf diesem Computer. Teile sie, um zusammen zu schreiben.</translation>
    </message>
    <message>
        <source>This document has a link of its own now. Share shows it to send it on.</source>
        <translation>Dieses Dokument hat jetzt einen eigenen Link. Teilen zeigt ihn zum Weitergeben.</translation>
    </message>
    <message>
        <source>Open the shared document at %1?</source>
        <translation>Das geteilte Dokument auf %1 öffnen?</translation>
    </message>
    <message>
        <source>The people there will see your name, and what you write in it. Open it if you know who sent you this link.</source>
        <translation>Die Leute dort sehen deinen Namen und was du darin schreibst. Öffne es, wenn du weißt, wer dir diesen Link geschickt hat.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This document is open. Close it before you remove it.</source>
        <translation>Dieses Dokument ist offen. Schließe es, bevor du es entfernst.</translation>
    </message>
    <message>
        <source>Remove this document from this computer?</source>
        <translation>Dieses Dokument von diesem Computer entfernen?</translation>
    </message>
    <message>
        <source>What is nowhere else is gone then.</source>
        <translation>Was sonst nirgends ist, ist dann weg.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Rename document</source>
        <translation>Dokument umbenennen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>About Cowrite</source>
        <translation>Über Cowrite</translation>
    </message>
    <message>
        <source>Cowrite %1</source>
        <translation>Cowrite %1</translation>
    </message>
    <message>
        <source>An editor in which several people write the same document at once. Free software under the MIT licence.</source>
        <translation>Ein Editor, in dem mehrere zugleich am selben Dokument schreiben. Freie Software unter der MIT-Lizenz.</translation>
    </message>
    <message>
        <source>“%1” is not saved.
If you close now, the last edits are lost. %2</source>
        <translation>„%1“ ist nicht gespeichert.
Wenn du jetzt schließt, gehen die letzten Änderungen verloren. %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln edit(s) have not reached %1 yet.</source>
        <translation>
            <numerusform>%Ln Änderung ist noch nicht bei %1 angekommen.</numerusform>
            <numerusform>%Ln Änderungen sind noch nicht bei %1 angekommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is saved on this computer and will be sent the next time Cowrite runs.</source>
        <translation>Alles ist auf diesem Computer gespeichert und wird gesendet, wenn Cowrite das nächste Mal läuft.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>Not everything is saved.
If you close now, the last edits are lost. %1</source>
        <translation>Nicht alles ist gespeichert.
Wenn du jetzt schließt, gehen die letzten Änderungen verloren. %1</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Web pages, turned into Markdown (*.html *.htm)</source>
        <translation>Webseiten, in Markdown umgewandelt (*.html *.htm)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save a copy as file</source>
        <translation>Kopie als Datei speichern</translation>
    </message>
    <message>
        <source>A copy is in “%1”.</source>
        <translation>Eine Kopie liegt in „%1“.</translation>
    </message>
    <message>
        <source>Save to file on every change</source>
        <translation>Bei jeder Änderung in Datei speichern</translation>
    </message>
    <message>
        <source>Save to file on every c&amp;hange…</source>
        <translation>Bei &amp;jeder Änderung in Datei speichern …</translation>
    </message>
    <message>
        <source>Save to file on every c&amp;hange (%1)</source>
        <translation>Bei &amp;jeder Änderung in Datei speichern (%1)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>L&amp;anguage…</source>
        <translation>S&amp;prache …</translation>
    </message>
    <message>
        <source>&amp;All commands…</source>
        <translation>&amp;Alle Befehle …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;New document</source>
        <translation>&amp;Neues Dokument</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>Datei ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open &amp;shared document…</source>
        <translation>&amp;Geteiltes Dokument öffnen …</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save a &amp;copy as file…</source>
        <translation>&amp;Kopie als Datei speichern …</translation>
    </message>
    <message>
        <source>Rena&amp;me document…</source>
        <translation>Dokument &amp;umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Close document</source>
        <translation>Dokument s&amp;chließen</translation>
    </message>
    <message>
        <source>Ctrl+W</source>
        <translation>Ctrl+W</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;holen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Ein&amp;fügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>Commen&amp;t on selection…</source>
        <translation>Auswahl ko&amp;mmentieren …</translation>
    </message>
    <message>
        <source>Ctrl+Alt+M</source>
        <translation>Ctrl+Alt+M</translation>
    </message>
    <message>
        <source>&amp;Documents</source>
        <translation>&amp;Dokumente</translation>
    </message>
    <message>
        <source>&amp;Side pane</source>
        <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
        <source>Ctrl+F9</source>
        <translation>Ctrl+F9</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Like the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Teilen …</translation>
    </message>
    <message>
        <source>Ctrl+Alt+S</source>
        <translation>Ctrl+Alt+S</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>&amp;Link kopieren</translation>
    </message>
    <message>
        <source>Connect &amp;now</source>
        <translation>Jetzt &amp;verbinden</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>T&amp;rennen</translation>
    </message>
    <message>
        <source>Te&amp;xt to show</source>
        <translation>Gezeigter Te&amp;xt</translation>
    </message>
    <message>
        <source>Where is &amp;everyone?</source>
        <translation>&amp;Wo sind alle?</translation>
    </message>
    <message>
        <source>Ctrl+Alt+E</source>
        <translation>Ctrl+Alt+E</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>&amp;Chat</translation>
    </message>
    <message>
        <source>Search the c&amp;hat</source>
        <translation>Chat durch&amp;suchen</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>Co&amp;mments</source>
        <translation>&amp;Kommentare</translation>
    </message>
    <message>
        <source>S&amp;tatistics</source>
        <translation>St&amp;atistik</translation>
    </message>
    <message>
        <source>Your name and c&amp;olour…</source>
        <translation>Dein Name und deine Far&amp;be …</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Noch keine Dokumente</translation>
    </message>
    <message>
        <source>Look at a sample</source>
        <translation>Beispiel ansehen</translation>
    </message>
    <message>
        <source>%1 in “%2”</source>
        <translation>%1 in „%2“</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Go to &amp;document…</source>
        <translation>Gehe zu D&amp;okument …</translation>
    </message>
    <message>
        <source>Sharing could not go on, and links that were sent reach nobody. %1</source>
        <translation>Das Teilen konnte nicht weitergehen, und verschickte Links erreichen niemanden. %1</translation>
    </message>
    <message>
        <source>Ne&amp;xt pane</source>
        <translation>Nä&amp;chster Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>V&amp;origer Bereich</translation>
    </message>
    <message>
        <source>Next d&amp;ocument</source>
        <translation>Nächstes &amp;Dokument</translation>
    </message>
    <message>
        <source>&amp;Previous document</source>
        <translation>Voriges Do&amp;kument</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MarkdownPreview</name>
    <message>
        <source>Preview of the document</source>
        <translation>Vorschau des Dokuments</translation>
    </message>
    <message>
        <source>This document is too long for a preview.</source>
        <translation>Dieses Dokument ist zu lang für eine Vorschau.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::MessageInput</name>
    <message>
        <source>People to mention</source>
        <translation>Personen zum Erwähnen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PastView</name>
    <message>
        <source>Text as it was</source>
        <translation>Text, wie er war</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PeopleModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::PeoplePane</name>
    <message>
        <source>People in this document</source>
        <translation>Personen in diesem Dokument</translation>
    </message>
    <message>
        <source>Show their place</source>
        <translation>Zeigen, wo sie sind</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Remove from this document</source>
        <translation>Aus diesem Dokument entfernen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::RoleChoice</name>
    <message>
        <source>can view</source>
        <translation>kann lesen</translation>
    </message>
    <message>
        <source>can comment</source>
        <translation>kann kommentieren</translation>
    </message>
    <message>
        <source>can edit</source>
        <translation>kann bearbeiten</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SelfButton</name>
    <message>
        <source>Change your name or colour</source>
        <translation>Namen oder Farbe ändern</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>The people you write with see this name and this colour.</source>
        <translation>Die Leute, mit denen du schreibst, sehen diesen Namen und diese Farbe.</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Monospaced</source>
        <translation>Feste Breite</translation>
    </message>
    <message>
        <source>Proportional</source>
        <translation>Proportional</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Lange Zeilen umbrechen</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>Zeilennummern</translation>
    </message>
    <message>
        <source>A stripe that says who wrote each line</source>
        <translation>Ein Streifen, der zeigt, wer welche Zeile schrieb</translation>
    </message>
    <message>
        <source>Show spaces and tabs</source>
        <translation>Leerzeichen und Tabs zeigen</translation>
    </message>
    <message>
        <source>To check the spelling, install a dictionary of Hunspell.</source>
        <translation>Installiere für die Rechtschreibprüfung ein Wörterbuch von Hunspell.</translation>
    </message>
    <message>
        <source>Check the spelling</source>
        <translation>Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>Language of new documents</source>
        <translation>Sprache neuer Dokumente</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Share with</source>
        <translation>Teilen mit</translation>
    </message>
    <message>
        <source>Programs on this computer</source>
        <translation>Programmen auf diesem Computer</translation>
    </message>
    <message>
        <source>Computers on this network</source>
        <translation>Computern in diesem Netzwerk</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Where this computer listens when you share a document from it. What is shared now stays where it is.</source>
        <translation>Wo dieser Computer lauscht, wenn du von ihm ein Dokument teilst. Was jetzt geteilt ist, bleibt, wo es ist.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Show others where I am in the text</source>
        <translation>Anderen zeigen, wo ich im Text bin</translation>
    </message>
    <message>
        <source>Show others when I am typing</source>
        <translation>Anderen zeigen, wenn ich schreibe</translation>
    </message>
    <message>
        <source>Your name, your colour and what you write are always seen by the people in a document.</source>
        <translation>Deinen Namen, deine Farbe und was du schreibst, sehen die Leute in einem Dokument immer.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>When somebody mentions me</source>
        <translation>Wenn mich jemand erwähnt</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Nicht stören</translation>
    </message>
    <message>
        <source>While you are not to be disturbed, nothing is shown outside of the window.</source>
        <translation>Solange du nicht gestört werden willst, erscheint nichts außerhalb des Fensters.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ShareGuests</name>
    <message>
        <source>Who came by the link</source>
        <translation>Wer über den Link kam</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>What %1 may do</source>
        <translation>Was %1 darf</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SharePopover</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy link for a browser</source>
        <translation>Link für einen Browser kopieren</translation>
    </message>
    <message>
        <source>Let other computers on this network join</source>
        <translation>Andere Computer in diesem Netzwerk zulassen</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Nicht mehr teilen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied for a browser</source>
        <translation>Für einen Browser kopiert</translation>
    </message>
    <message>
        <source>Share “%1”</source>
        <translation>„%1“ teilen</translation>
    </message>
    <message>
        <source>Hosted on %1. People join with this link.</source>
        <translation>Liegt auf %1. Mit diesem Link kommen andere dazu.</translation>
    </message>
    <message>
        <source>a server</source>
        <translation>einem Server</translation>
    </message>
    <message>
        <source>This document is not shared.</source>
        <translation>Dieses Dokument ist nicht geteilt.</translation>
    </message>
    <message>
        <source>Make a new link</source>
        <translation>Neuen Link machen</translation>
    </message>
    <message>
        <source>The link for a browser, as a picture for a telephone</source>
        <translation>Der Link für einen Browser, als Bild für ein Telefon</translation>
    </message>
    <message>
        <source>The link that there is stops working, for those who are here too.</source>
        <translation>Der bisherige Link gilt dann nicht mehr, auch für die, die schon hier sind.</translation>
    </message>
    <message>
        <source>Anyone with the link</source>
        <translation>Alle mit dem Link</translation>
    </message>
    <message>
        <source>What anyone with the link may do</source>
        <translation>Was alle mit dem Link dürfen</translation>
    </message>
    <message>
        <source>How long the link is good</source>
        <translation>Wie lange der Link gilt</translation>
    </message>
    <message>
        <source>Hosted from this computer. People on the link join in the app or in a browser; nothing to install.</source>
        <translation>Liegt auf diesem Computer. Mit dem Link kommt man in der App oder im Browser dazu; es ist nichts zu installieren.</translation>
    </message>
    <message>
        <source>Hosted from this computer, for programs on this computer. The link is good in the app and in a browser.</source>
        <translation>Liegt auf diesem Computer, für Programme auf diesem Computer. Der Link gilt in der App und im Browser.</translation>
    </message>
    <message>
        <source>This link has ended: nobody comes in with it any more. Make a new link, to go on.</source>
        <translation>Dieser Link ist abgelaufen: Niemand kommt mehr damit herein. Mache einen neuen Link, um weiterzumachen.</translation>
    </message>
    <message>
        <source>Encrypted (TLS). The link carries this computer’s fingerprint, so nobody can pose as it. A browser does not know it, and asks before it goes on.</source>
        <translation>Verschlüsselt (TLS). Der Link enthält den Fingerabdruck dieses Computers, damit sich niemand für ihn ausgibt. Ein Browser kennt ihn nicht und fragt nach.</translation>
    </message>
    <message>
        <source>The camera of a telephone opens this picture in its browser.</source>
        <translation>Die Kamera eines Telefons öffnet dieses Bild in dessen Browser.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::ShortcutsDialog</name>
    <message>
        <source>Use</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle durchsuchen</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Neues Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>This one is taken by “%1”.</source>
        <translation>Das ist schon vergeben an „%1“.</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SidePane</name>
    <message>
        <source>Chat, people, comments and history</source>
        <translation>Chat, Personen, Kommentare und Verlauf</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Sidebar</name>
    <message>
        <source>Search documents</source>
        <translation>Dokumente suchen</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Remove from this computer…</source>
        <translation>Von diesem Computer entfernen …</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::Spelling</name>
    <message>
        <source>Check &amp;spelling</source>
        <translation>&amp;Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>Spelling lan&amp;guage</source>
        <translation>Sprache der Rec&amp;htschreibung</translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation>Kein Wörterbuch installiert</translation>
    </message>
    <message>
        <source>No document is open</source>
        <translation>Kein Dokument offen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::SpellingLayer</name>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Vorschläge werden gesucht …</translation>
    </message>
    <message>
        <source>Add “%1” to the dictionary</source>
        <translation>„%1“ ins Wörterbuch aufnehmen</translation>
    </message>
    <message>
        <source>Ignore “%1”</source>
        <translation>„%1“ ignorieren</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::StatisticsDialog</name>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>The documents that are shared from this computer.</source>
        <translation>Die Dokumente, die von diesem Computer geteilt sind.</translation>
    </message>
    <message>
        <source>Shared documents</source>
        <translation>Geteilte Dokumente</translation>
    </message>
    <message>
        <source>Guests</source>
        <translation>Gäste</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Until an edit is on the disk</source>
        <translation>Bis eine Änderung auf der Festplatte ist</translation>
    </message>
    <message>
        <source>Delay of this program</source>
        <translation>Verzögerung dieses Programms</translation>
    </message>
    <message>
        <source>%1 messages/s, %2/s</source>
        <translation>%1 Nachrichten/s, %2/s</translation>
    </message>
    <message>
        <source>%1 now, %2 since the start</source>
        <translation>%1 jetzt, %2 seit dem Start</translation>
    </message>
    <message>
        <source>mostly within %1 ms, nearly always within %2 ms</source>
        <translation>meist in %1 ms, fast immer in %2 ms</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::StatusBar</name>
    <message>
        <source>The language of the document</source>
        <translation>Die Sprache des Dokuments</translation>
    </message>
    <message>
        <source>Ln %1, Col %2</source>
        <translation>Z. %1, Sp. %2</translation>
    </message>
    <message>
        <source>Language: %1</source>
        <translation>Sprache: %1</translation>
    </message>
</context>
<context>
    <name>cowrite::ui::TimeBar</name>
    <message>
        <source>Edit to look at</source>
        <translation>Gezeigte Änderung</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>See how the text was written</source>
        <translation>Ansehen, wie der Text entstanden ist</translation>
    </message>
    <message>
        <source>edit %1 of %2</source>
        <translation>Änderung %1 von %2</translation>
    </message>
</context>
</TS>
