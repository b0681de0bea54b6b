<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>llmd</name>
    <message>
        <source> There are few measurements, though.</source>
        <translation> Es gibt aber wenige Messungen.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>$/M tokens</source>
        <translation>$/M Token</translation>
    </message>
    <message>
        <source>$/month</source>
        <translation>$/Monat</translation>
    </message>
    <message>
        <source>%1
%2 %3 (%4)</source>
        <translation>%1
%2 %3 (%4)</translation>
    </message>
    <message>
        <source>%1
%2 per GPU
%3 per user (%4)</source>
        <translation>%1
%2 je GPU
%3 je Nutzer (%4)</translation>
    </message>
    <message>
        <source>%1
%2 per month
%3 %4: %5 (%6)</source>
        <translation>%1
%2 im Monat
%3 %4: %5 (%6)</translation>
    </message>
    <message>
        <source>%1
%2 per month, %3 per GPU and hour</source>
        <translation>%1
%2 im Monat, %3 je GPU und Stunde</translation>
    </message>
    <message>
        <source>%1
%2 · %3</source>
        <translation>%1
%2 · %3</translation>
    </message>
    <message>
        <source>%1
%2: %3
%4: %5</source>
        <translation>%1
%2: %3
%4: %5</translation>
    </message>
    <message>
        <source>%1
repeats: %2 to %3</source>
        <translation>%1
Wiederholungen: %2 bis %3</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2 [%3]</source>
        <translation>%1 %2 [%3]</translation>
    </message>
    <message>
        <source>%1 (%2 of the batch limit)</source>
        <translation>%1 (%2 der Batch-Grenze)</translation>
    </message>
    <message>
        <source>%1 (%2 of what it serves)
%3 p50 %4, p95 %5, p99 %6 (%7)
%8
%9</source>
        <translation>%1 (%2 des Möglichen)
%3 p50 %4, p95 %5, p99 %6 (%7)
%8
%9</translation>
    </message>
    <message>
        <source>%1 (%2 per replica)</source>
        <translation>%1 (%2 je Replika)</translation>
    </message>
    <message>
        <source>%1 (%2 – %3)</source>
        <translation>%1 (%2 – %3)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (does not exist)</source>
        <translation>%1 (gibt es nicht)</translation>
    </message>
    <message>
        <source>%1 (not available)</source>
        <translation>%1 (nicht verfügbar)</translation>
    </message>
    <message>
        <source>%1 (not in the catalog)</source>
        <translation>%1 (nicht im Katalog)</translation>
    </message>
    <message>
        <source>%1 (p95, the usual one)</source>
        <translation>%1 (p95, das übliche)</translation>
    </message>
    <message>
        <source>%1 (published)</source>
        <translation>%1 (veröffentlicht)</translation>
    </message>
    <message>
        <source>%1 (vLLM %2)</source>
        <translation>%1 (vLLM %2)</translation>
    </message>
    <message>
        <source>%1 (yours)</source>
        <translation>%1 (eigener)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 / %2 / %3 / %4</source>
        <translation>%1 / %2 / %3 / %4</translation>
    </message>
    <message>
        <source>%1 = %2</source>
        <translation>%1 = %2</translation>
    </message>
    <message>
        <source>%1 = %2 + %3</source>
        <translation>%1 = %2 + %3</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 GPUs</source>
        <translation>%1 GPUs</translation>
    </message>
    <message>
        <source>%1 GPUs, %2 per month</source>
        <translation>%1 GPUs, %2 im Monat</translation>
    </message>
    <message>
        <source>%1 Read on %2.</source>
        <translation>%1 Gelesen am %2.</translation>
    </message>
    <message>
        <source>%1 [%2]</source>
        <translation>%1 [%2]</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1 als Tabelle</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>%1 at load</source>
        <translation>%1 beim Laden</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”. Choose other keys, or take them from it first.</source>
        <translation>%1 gehört zu „%2“. Andere Tasten wählen oder sie dort zuerst wegnehmen.</translation>
    </message>
    <message>
        <source>%1 by class for %2 classes; the smallest error is at the top.</source>
        <translation>%1 nach Klasse für %2 Klassen; der kleinste Fehler steht oben.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>%1 decode</source>
        <translation>%1 Decode</translation>
    </message>
    <message>
        <source>%1 engines, each relative to “%2”.</source>
        <translation>%1 Engines, jeweils im Verhältnis zu „%2“.</translation>
    </message>
    <message>
        <source>%1 errors, %2 warnings. Click to show or hide the list.</source>
        <translation>%1 Fehler, %2 Warnungen. Klicken zeigt oder verbirgt die Liste.</translation>
    </message>
    <message>
        <source>%1 fields read</source>
        <translation>%1 Felder gelesen</translation>
    </message>
    <message>
        <source>%1 files in %2 have another content and would be replaced, among them %3.</source>
        <translation>%1 Dateien in %2 haben anderen Inhalt und würden ersetzt, darunter %3.</translation>
    </message>
    <message>
        <source>%1 files were saved to %2.</source>
        <translation>%1 Dateien wurden in %2 gespeichert.</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 Befunde</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>%1 zuerst</translation>
    </message>
    <message>
        <source>%1 formats</source>
        <translation>%1 Formate</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 in %2 has another content and would be replaced.</source>
        <translation>%1 in %2 hat anderen Inhalt und würde ersetzt.</translation>
    </message>
    <message>
        <source>%1 in the mean</source>
        <translation>%1 im Mittel</translation>
    </message>
    <message>
        <source>%1 issues</source>
        <translation>%1 Probleme</translation>
    </message>
    <message>
        <source>%1 load points cannot be predicted: %2</source>
        <translation>%1 Lastpunkte lassen sich nicht vorhersagen: %2</translation>
    </message>
    <message>
        <source>%1 load points in %2 reports were added, %3 reports were there already.</source>
        <translation>%1 Lastpunkte aus %2 Berichten sind hinzugefügt, %3 Berichte waren schon da.</translation>
    </message>
    <message>
        <source>%1 load points in %2 reports; %3 already there, %4 left out, %5 cannot be read.</source>
        <translation>%1 Lastpunkte in %2 Berichten; %3 schon da, %4 ausgelassen, %5 nicht lesbar.</translation>
    </message>
    <message>
        <source>%1 load points of %2 reports were added to the library.</source>
        <translation>%1 Lastpunkte aus %2 Berichten sind jetzt in der Bibliothek.</translation>
    </message>
    <message>
        <source>%1 measurements</source>
        <translation>%1 Messungen</translation>
    </message>
    <message>
        <source>%1 measurements are back.</source>
        <translation>%1 Messungen sind wieder da.</translation>
    </message>
    <message>
        <source>%1 measurements were completed.</source>
        <translation>%1 Messungen sind ergänzt.</translation>
    </message>
    <message>
        <source>%1 measurements were deleted for good.</source>
        <translation>%1 Messungen sind endgültig gelöscht.</translation>
    </message>
    <message>
        <source>%1 measurements were removed.</source>
        <translation>%1 Messungen sind entfernt.</translation>
    </message>
    <message>
        <source>%1 measurements; %2 more report the same in other formats</source>
        <translation>%1 Messungen; %2 weitere berichten dasselbe in anderen Formaten</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 Modelle</translation>
    </message>
    <message>
        <source>%1 models have a score of it</source>
        <translation>%1 Modelle haben dafür einen Wert</translation>
    </message>
    <message>
        <source>%1 more weak spots are in the table.</source>
        <translation>%1 weitere Schwachstellen stehen in der Tabelle.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 GPU types meet the targets; the cheapest is %3 with %4 per month.</source>
        <translation>%1 von %2 GPU-Typen erfüllen die Ziele; am günstigsten ist %3 mit %4 im Monat.</translation>
    </message>
    <message>
        <source>%1 of %2 GPUs have a price and are considered.</source>
        <translation>%1 von %2 GPUs haben einen Preis und werden betrachtet.</translation>
    </message>
    <message>
        <source>%1 of %2 options meet the targets; %3 of them are on the frontier of cost and latency.</source>
        <translation>%1 von %2 Optionen erfüllen die Ziele; %3 davon liegen auf der Front von Kosten und Latenz.</translation>
    </message>
    <message>
        <source>%1 of %2 options meet the targets; %3 of them are on the frontier of output per GPU and output per user.</source>
        <translation>%1 von %2 Optionen erfüllen die Ziele; %3 davon liegen auf der Front von Ausgabe je GPU und Ausgabe je Nutzer.</translation>
    </message>
    <message>
        <source>%1 of %2 options, predicted by “%3”</source>
        <translation>%1 von %2 Optionen, vorhergesagt von „%3“</translation>
    </message>
    <message>
        <source>%1 of %2 splits meet the targets; the cheapest has %3 prefill and %4 decode servers on %5 GPUs.</source>
        <translation>%1 von %2 Aufteilungen erfüllen die Ziele; die günstigste hat %3 Prefill- und %4 Decode-Server auf %5 GPUs.</translation>
    </message>
    <message>
        <source>%1 of the balanced score</source>
        <translation>%1 der Gesamtbewertung</translation>
    </message>
    <message>
        <source>%1 of the compared options are not among the present results.</source>
        <translation>%1 der verglichenen Optionen sind nicht unter den aktuellen Ergebnissen.</translation>
    </message>
    <message>
        <source>%1 of the requests within the targets</source>
        <translation>%1 der Anfragen innerhalb der Ziele</translation>
    </message>
    <message>
        <source>%1 of the way to an alarm, over %2 windows</source>
        <translation>%1 des Weges bis zum Alarm, über %2 Fenster</translation>
    </message>
    <message>
        <source>%1 of waiting prompts</source>
        <translation>%1 der wartenden Prompts</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 on %2
%3</source>
        <translation>%1 auf %2
%3</translation>
    </message>
    <message>
        <source>%1 on %2, %3</source>
        <translation>%1 auf %2, %3</translation>
    </message>
    <message>
        <source>%1 on %2&lt;br/&gt;%3 weights · %4</source>
        <translation>%1 auf %2&lt;br/&gt;Gewichte in %3 · %4</translation>
    </message>
    <message>
        <source>%1 on each of %2 nodes</source>
        <translation>%1 auf jedem von %2 Knoten</translation>
    </message>
    <message>
        <source>%1 options are compared already; take one out first</source>
        <translation>Es werden schon %1 Optionen verglichen; erst eine herausnehmen</translation>
    </message>
    <message>
        <source>%1 options meet the targets</source>
        <translation>%1 Optionen erfüllen die Ziele</translation>
    </message>
    <message>
        <source>%1 options on %2 axes: %3.</source>
        <translation>%1 Optionen auf %2 Achsen: %3.</translation>
    </message>
    <message>
        <source>%1 per month</source>
        <translation>%1 im Monat</translation>
    </message>
    <message>
        <source>%1 prefill</source>
        <translation>%1 Prefill</translation>
    </message>
    <message>
        <source>%1 prefill and %2 decode servers</source>
        <translation>%1 Prefill- und %2 Decode-Server</translation>
    </message>
    <message>
        <source>%1 published scores, %2 of your own</source>
        <translation>%1 veröffentlichte Werte, %2 eigene</translation>
    </message>
    <message>
        <source>%1 published scores, none of your own</source>
        <translation>%1 veröffentlichte Werte, keine eigenen</translation>
    </message>
    <message>
        <source>%1 questions</source>
        <translation>%1 Fragen</translation>
    </message>
    <message>
        <source>%1 questions are still open; their words changed nothing.</source>
        <translation>%1 Fragen sind noch offen; ihre Wörter haben nichts geändert.</translation>
    </message>
    <message>
        <source>%1 replicas</source>
        <translation>%1 Replikas</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 Anfragen</translation>
    </message>
    <message>
        <source>%1 requests in flight</source>
        <translation>%1 Anfragen in Arbeit</translation>
    </message>
    <message>
        <source>%1 requests per hour and user</source>
        <translation>%1 Anfragen je Stunde und Nutzer</translation>
    </message>
    <message>
        <source>%1 requests/s</source>
        <translation>%1 Anfragen/s</translation>
    </message>
    <message>
        <source>%1 runs (%2): %3</source>
        <translation>%1 Läufe (%2): %3</translation>
    </message>
    <message>
        <source>%1 runs teach something about engine “%2”; %3 were left out. Nothing of it is stored: remove the runs, and it is gone.</source>
        <translation>%1 Läufe lehren etwas über die Engine „%2“; %3 sind ausgelassen. Nichts davon wird gespeichert: werden die Läufe entfernt, ist es weg.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 scores</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>%1 scores would be imported as yours.</source>
        <translation>%1 Werte würden als eigene importiert.</translation>
    </message>
    <message>
        <source>%1 searched · %2 meet the targets · %3</source>
        <translation>%1 durchsucht · %2 erfüllen die Ziele · %3</translation>
    </message>
    <message>
        <source>%1 sent, %2 failed, %3 cut off by the end of the run</source>
        <translation>%1 gesendet, %2 gescheitert, %3 vom Ende des Laufs abgeschnitten</translation>
    </message>
    <message>
        <source>%1 target</source>
        <translation>Ziel %1</translation>
    </message>
    <message>
        <source>%1 target, %2</source>
        <translation>Ziel %1, %2</translation>
    </message>
    <message>
        <source>%1 times the mean</source>
        <translation>%1 × Mittel</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 tokens on average</source>
        <translation>%1 Token im Mittel</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>%1 was added to your models and is searched from now on.</source>
        <translation>%1 ist jetzt unter den eigenen Modellen und wird ab sofort durchsucht.</translation>
    </message>
    <message>
        <source>%1 was removed from your models.</source>
        <translation>%1 ist nicht mehr unter den eigenen Modellen.</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · changed %2</source>
        <translation>%1 · geändert %2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 × %2 (%3)</source>
        <translation>%1 × %2 (%3)</translation>
    </message>
    <message>
        <source>%1 × %2 (nodes of %3)</source>
        <translation>%1 × %2 (Knoten mit je %3)</translation>
    </message>
    <message>
        <source>%1 × %2, tensor parallel %3</source>
        <translation>%1 × %2, Tensor-Parallelität %3</translation>
    </message>
    <message>
        <source>%1 × Poisson</source>
        <translation>%1 × Poisson</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 – comparison</source>
        <translation>%1 – Vergleich</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>%1 → %2 tokens</source>
        <translation>%1 → %2 Token</translation>
    </message>
    <message>
        <source>%1 → %2 tokens, peak %3 × the mean
limits: %4
priorities: cost %5, latency %6, quality %7, simplicity %8</source>
        <translation>%1 → %2 Token, Spitze %3 × Mittel
Grenzen: %4
Prioritäten: Kosten %5, Latenz %6, Qualität %7, Einfachheit %8</translation>
    </message>
    <message>
        <source>%1 ≤ %2</source>
        <translation>%1 ≤ %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2
%3: %4 measurements
mean %5, median %6, nine of ten below %7</source>
        <translation>%1, %2
%3: %4 Messungen
Mittel %5, Median %6, neun von zehn unter %7</translation>
    </message>
    <message>
        <source>%1, %2
observed %3
predicted %4</source>
        <translation>%1, %2
beobachtet %3
vorhergesagt %4</translation>
    </message>
    <message>
        <source>%1, %2 %3, %4/month</source>
        <translation>%1, %2 %3, %4/Monat</translation>
    </message>
    <message>
        <source>%1, %2 against the engine of the search</source>
        <translation>%1, %2 gegenüber der Engine der Suche</translation>
    </message>
    <message>
        <source>%1, %2 inside the 90 % interval</source>
        <translation>%1, %2 im 90-%-Intervall</translation>
    </message>
    <message>
        <source>%1, completed by hand</source>
        <translation>%1, von Hand ergänzt</translation>
    </message>
    <message>
        <source>%1, data parallel %2</source>
        <translation>%1, Datenparallelität %2</translation>
    </message>
    <message>
        <source>%1, difference</source>
        <translation>%1, Abweichung</translation>
    </message>
    <message>
        <source>%1, expert parallel</source>
        <translation>%1, Expertenparallelität</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1, line %2, column %3</source>
        <translation>%1, Zeile %2, Spalte %3</translation>
    </message>
    <message>
        <source>%1, pinned, %2</source>
        <translation>%1, angeheftet, %2</translation>
    </message>
    <message>
        <source>%1, pipeline parallel %2</source>
        <translation>%1, Pipeline-Parallelität %2</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1, vorhergesagt</translation>
    </message>
    <message>
        <source>%1, the cheapest for %2 per month.</source>
        <translation>%1, die günstigste mit %2 im Monat.</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1, dann %2</translation>
    </message>
    <message>
        <source>%1, …</source>
        <translation>%1, …</translation>
    </message>
    <message>
        <source>%1. Figures at the peak load, predicted by engine “%2”; in brackets 90 % intervals. Bold: the best of the row.</source>
        <translation>%1. Werte bei Spitzenlast, vorhergesagt von der Engine „%2“; in Klammern 90-%-Intervalle. Fett: der beste Wert der Zeile.</translation>
    </message>
    <message>
        <source>%1/s, %2 × the peak</source>
        <translation>%1/s, %2 × Spitze</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2
%3 (%4)</source>
        <translation>%1: %2
%3 (%4)</translation>
    </message>
    <message>
        <source>%1: %2
A click shows the words that it came from.</source>
        <translation>%1: %2
Ein Klick zeigt die Wörter, aus denen es stammt.</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>%1: %2 needed</source>
        <translation>%1: %2 nötig</translation>
    </message>
    <message>
        <source>%1: %2 series, %3 points.</source>
        <translation>%1: %2 Reihen, %3 Punkte.</translation>
    </message>
    <message>
        <source>%1: %2 servers
%3 planned, %4 of the peak</source>
        <translation>%1: %2 Server
%3 geplant, %4 der Spitze</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>%1: %2, %3 parameters (%4 active), %5 weights, context of %6 tokens.</source>
        <translation>%1: %2, %3 Parameter (%4 aktiv), Gewichte in %5, Kontext von %6 Token.</translation>
    </message>
    <message>
        <source>%1: comparison of %2 options</source>
        <translation>%1: Vergleich von %2 Optionen</translation>
    </message>
    <message>
        <source>%1: mean %2, p95 %3 tokens</source>
        <translation>%1: Mittel %2, p95 %3 Token</translation>
    </message>
    <message>
        <source>%1: observed %2 %4, predicted %3 %4.</source>
        <translation>%1: beobachtet %2 %4, vorhergesagt %3 %4.</translation>
    </message>
    <message>
        <source>%1: planned %2, running %3</source>
        <translation>%1: geplant %2, laufend %3</translation>
    </message>
    <message>
        <source>%1[*] – llm-d Planner Workbench</source>
        <translation>%1[*] – llm-d Planner Workbench</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Über</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>&amp;Apply to the Plan</source>
        <translation>In den Plan &amp;übernehmen</translation>
    </message>
    <message>
        <source>&amp;Autoscaler</source>
        <translation>&amp;Autoscaler</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Baseline</source>
        <translation>&amp;Bezug</translation>
    </message>
    <message>
        <source>&amp;Check for Damage</source>
        <translation>Auf &amp;Schäden prüfen</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen …</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>Fenster s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Compare %1</source>
        <translation>%1 &amp;vergleichen</translation>
    </message>
    <message>
        <source>&amp;Compare with another export…</source>
        <translation>Mit anderem Export &amp;vergleichen …</translation>
    </message>
    <message>
        <source>&amp;Compared with</source>
        <translation>Ver&amp;glichen mit</translation>
    </message>
    <message>
        <source>&amp;Copy all files</source>
        <translation>Alle Dateien &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Correct estimates with what these runs teach</source>
        <translation>Schätzungen mit dem &amp;korrigieren, was diese Läufe lehren</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Data folder</source>
        <translation>&amp;Datenordner</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Distributions</source>
        <translation>&amp;Verteilungen</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation>&amp;Engine</translation>
    </message>
    <message>
        <source>&amp;Engine of new plans:</source>
        <translation>&amp;Engine neuer Pläne:</translation>
    </message>
    <message>
        <source>&amp;Engine version</source>
        <translation>&amp;Engine-Version</translation>
    </message>
    <message>
        <source>&amp;Every</source>
        <translation>&amp;Alle</translation>
    </message>
    <message>
        <source>&amp;Explore the options</source>
        <translation>Optionen &amp;erkunden</translation>
    </message>
    <message>
        <source>&amp;Export Whole Library…</source>
        <translation>Ganze Bibliothek &amp;exportieren …</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Files and Archives…</source>
        <translation>&amp;Dateien und Archive …</translation>
    </message>
    <message>
        <source>&amp;Folders with declarations of external engines</source>
        <translation>&amp;Ordner mit Deklarationen externer Engines</translation>
    </message>
    <message>
        <source>&amp;GPU</source>
        <translation>&amp;GPU</translation>
    </message>
    <message>
        <source>&amp;Gateway</source>
        <translation>&amp;Gateway</translation>
    </message>
    <message>
        <source>&amp;Group load points of one deployment</source>
        <translation>Lastpunkte eines Deployments &amp;zusammenfassen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Hugging Face secret</source>
        <translation>&amp;Hugging-Face-Secret</translation>
    </message>
    <message>
        <source>&amp;Image pull secret</source>
        <translation>&amp;Image-Pull-Secret</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>&amp;Import Benchmark Reports…</source>
        <translation>Benchmark-Berichte &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Issues</source>
        <translation>&amp;Probleme</translation>
    </message>
    <message>
        <source>&amp;Keyboard and Mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Keys of “%1”:</source>
        <translation>&amp;Tasten von „%1“:</translation>
    </message>
    <message>
        <source>&amp;Keys:</source>
        <translation>&amp;Tasten:</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>&amp;Labels</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>&amp;Sprache:</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Logo</source>
        <translation>&amp;Logo</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;More options</source>
        <translation>&amp;Weitere Angaben</translation>
    </message>
    <message>
        <source>&amp;Name of the preset</source>
        <translation>&amp;Name der Vorgabe</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>&amp;Namespace</translation>
    </message>
    <message>
        <source>&amp;New Plan</source>
        <translation>&amp;Neuer Plan</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Next: %1</source>
        <translation>&amp;Weiter: %1</translation>
    </message>
    <message>
        <source>&amp;No Keys</source>
        <translation>&amp;Keine Tasten</translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation>&amp;Anmerkungen</translation>
    </message>
    <message>
        <source>&amp;Number of GPUs</source>
        <translation>&amp;Zahl der GPUs</translation>
    </message>
    <message>
        <source>&amp;Open the plans of last time</source>
        <translation>Die Pläne vom letzten Mal ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Option</source>
        <translation>&amp;Option</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>An&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>&amp;Precision of the weights</source>
        <translation>&amp;Genauigkeit der Gewichte</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Price list:</source>
        <translation>&amp;Preisliste:</translation>
    </message>
    <message>
        <source>&amp;Prometheus</source>
        <translation>&amp;Prometheus</translation>
    </message>
    <message>
        <source>&amp;Quality from</source>
        <translation>&amp;Qualität aus</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;RDMA resource</source>
        <translation>&amp;RDMA-Ressource</translation>
    </message>
    <message>
        <source>&amp;Read from</source>
        <translation>&amp;Lesen von</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Remove From the List</source>
        <translation>Aus der Liste &amp;nehmen</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>&amp;Bericht</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Save Report…</source>
        <translation>Bericht &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Save to folder…</source>
        <translation>In Ordner &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Speichern …</translation>
    </message>
    <message>
        <source>&amp;Search Everything…</source>
        <translation>Alles durch&amp;suchen …</translation>
    </message>
    <message>
        <source>&amp;Share Runs…</source>
        <translation>Läufe &amp;teilen …</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>Über&amp;springen</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Summary</source>
        <translation>&amp;Zusammenfassung</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Take Over Runs…</source>
        <translation>Läufe über&amp;nehmen …</translation>
    </message>
    <message>
        <source>&amp;Take Over a Library…</source>
        <translation>Bibliothek &amp;übernehmen …</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>&amp;Farbschema:</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>&amp;Token from</source>
        <translation>&amp;Token aus</translation>
    </message>
    <message>
        <source>&amp;Tour of the Workbench</source>
        <translation>&amp;Rundgang durch die Workbench</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Usual Folder</source>
        <translation>&amp;Üblicher Ordner</translation>
    </message>
    <message>
        <source>&amp;Versions</source>
        <translation>&amp;Versionen</translation>
    </message>
    <message>
        <source>&amp;Versions:</source>
        <translation>&amp;Versionen:</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Why Not This One?</source>
        <translation>&amp;Warum nicht diese?</translation>
    </message>
    <message>
        <source>(free)</source>
        <translation>(frei)</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ und −</translation>
    </message>
    <message>
        <source>0 = none</source>
        <translation>0 = keiner</translation>
    </message>
    <message>
        <source>0 to 100</source>
        <translation>0 bis 100</translation>
    </message>
    <message>
        <source>0 to 100 from published benchmark scores for this use case; “no data” where none is published</source>
        <translation>0 bis 100 aus veröffentlichten Benchmark-Werten für diesen Anwendungsfall; „keine Daten“, wo nichts veröffentlicht ist</translation>
    </message>
    <message>
        <source>0 to 100, higher is cheaper</source>
        <translation>0 bis 100, höher ist günstiger</translation>
    </message>
    <message>
        <source>0 to 100, higher is faster</source>
        <translation>0 bis 100, höher ist schneller</translation>
    </message>
    <message>
        <source>0 to 100: fewer GPUs, replicas and moving parts are better</source>
        <translation>0 bis 100: weniger GPUs, Replikas und bewegliche Teile sind besser</translation>
    </message>
    <message>
        <source>0 to 100: the four scores under your priorities</source>
        <translation>0 bis 100: die vier Bewertungen unter den eigenen Prioritäten</translation>
    </message>
    <message>
        <source>0: in place, 1: batch settings, 2: workers restart in turn, 3: new deployment beside the old one</source>
        <translation>0: im laufenden Betrieb, 1: Batch-Einstellungen, 2: Server starten nacheinander neu, 3: neues Deployment neben dem alten</translation>
    </message>
    <message>
        <source>1 GPU</source>
        <translation>1 GPU</translation>
    </message>
    <message>
        <source>1 field read</source>
        <translation>1 Feld gelesen</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 Befund</translation>
    </message>
    <message>
        <source>1 issue</source>
        <translation>1 Problem</translation>
    </message>
    <message>
        <source>1 measurement</source>
        <translation>1 Messung</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 Modell</translation>
    </message>
    <message>
        <source>1 option meets the targets</source>
        <translation>1 Option erfüllt die Ziele</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 Frage</translation>
    </message>
    <message>
        <source>1 replica</source>
        <translation>1 Replika</translation>
    </message>
    <message>
        <source>1 score</source>
        <translation>1 Wert</translation>
    </message>
    <message>
        <source>1 score would be imported as yours.</source>
        <translation>1 Wert würde als eigener importiert.</translation>
    </message>
    <message>
        <source>1/s</source>
        <translation>1/s</translation>
    </message>
    <message>
        <source>90 % interval</source>
        <translation>90-%-Intervall</translation>
    </message>
    <message>
        <source>90 % interval of the mean, or why there is none</source>
        <translation>90-%-Intervall des Mittels oder warum es keines gibt</translation>
    </message>
    <message>
        <source>90 % interval of the tail</source>
        <translation>90-%-Intervall der langsamsten Anfragen</translation>
    </message>
    <message>
        <source>; mostly too high, by %1</source>
        <translation>; meist zu hoch, um %1</translation>
    </message>
    <message>
        <source>; mostly too low, by %1</source>
        <translation>; meist zu niedrig, um %1</translation>
    </message>
    <message>
        <source>; only %1 inside the 90 % interval</source>
        <translation>; nur %1 im 90-%-Intervall</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1%2&lt;/b&gt; (%3)&lt;br&gt;%4%5</source>
        <translation>&lt;b&gt;%1%2&lt;/b&gt; (%3)&lt;br&gt;%4%5</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1.&lt;/b&gt; %2 %3</source>
        <translation>&lt;b&gt;%1.&lt;/b&gt; %2 %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; = %2%3 · %4</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; = %2%3 · %4</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; by engine “%2”, %3.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; von der Engine „%2“, %3.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; on %2, %3</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; auf %2, %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 alone, overlapping with other work</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2 allein, überlappt mit anderer Arbeit</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 · %3</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2 · %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Near saturation&lt;/b&gt; a few percent of the step time decide whether requests queue. The program then says so instead of showing an interval: plan head-room, do not trust the figure.</source>
        <translation>&lt;b&gt;Nahe der Sättigung&lt;/b&gt; entscheiden wenige Prozent der Schrittzeit, ob sich Anfragen stauen. Dann sagt das Programm das, statt ein Intervall zu zeigen: Reserve einplanen und sich nicht auf die Zahl verlassen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Never measured:&lt;/b&gt; %1. These GPUs enter by their datasheets.</source>
        <translation>&lt;b&gt;Nie gemessen:&lt;/b&gt; %1. Diese GPUs gehen mit ihren Datenblättern ein.</translation>
    </message>
    <message>
        <source>&lt;h3&gt;llm-d Planner Workbench %1&lt;/h3&gt;&lt;p&gt;Plans how to serve a language model with llm-d: offline, with honest error bars.&lt;/p&gt;&lt;p&gt;Figures are estimates unless they are labelled as benchmarked. Core: Apache-2.0; desktop program: GPL-3.0-or-later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;llm-d Planner Workbench %1&lt;/h3&gt;&lt;p&gt;Plant, wie ein Sprachmodell mit llm-d läuft: offline, mit ehrlichen Fehlerbalken.&lt;/p&gt;&lt;p&gt;Zahlen sind Schätzungen, sofern sie nicht als gemessen gekennzeichnet sind. Kern: Apache-2.0; Desktop-Programm: GPL-3.0-or-later.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Select an option in the table or in the chart.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Eine Option in der Tabelle oder im Diagramm wählen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>= tied</source>
        <translation>= gleichauf</translation>
    </message>
    <message>
        <source>? open</source>
        <translation>? offen</translation>
    </message>
    <message>
        <source>? version not stated: cannot be verified</source>
        <translation>? Version nicht angegeben: nicht prüfbar</translation>
    </message>
    <message>
        <source>A change that chance does not explain: fewer than one window in 14,000 raises a false alarm</source>
        <translation>Eine Änderung, die der Zufall nicht erklärt: weniger als eines von 14.000 Fenstern gibt falschen Alarm</translation>
    </message>
    <message>
        <source>A class sets the first two limits at once, both at p95.</source>
        <translation>Eine Klasse setzt die ersten beiden Grenzen zugleich, beide bei p95.</translation>
    </message>
    <message>
        <source>A decode step takes %1; the largest part is “%2” with %3.</source>
        <translation>Ein Decode-Schritt dauert %1; der größte Teil ist „%2“ mit %3.</translation>
    </message>
    <message>
        <source>A double click opens an address in the browser</source>
        <translation>Ein Doppelklick öffnet eine Adresse im Browser</translation>
    </message>
    <message>
        <source>A field has the wrong type</source>
        <translation>Ein Feld hat den falschen Typ</translation>
    </message>
    <message>
        <source>A field is missing</source>
        <translation>Ein Feld fehlt</translation>
    </message>
    <message>
        <source>A figure counts as weak if it is off by %1 or more on average, biased by %2 or more, or if fewer than %3 of the measurements lie inside the 90 % interval.</source>
        <translation>Ein Wert gilt als schwach, wenn er im Mittel um %1 oder mehr danebenliegt, um %2 oder mehr verzerrt ist oder weniger als %3 der Messungen im 90-%-Intervall liegen.</translation>
    </message>
    <message>
        <source>A file cannot be read or written</source>
        <translation>Eine Datei kann nicht gelesen oder geschrieben werden</translation>
    </message>
    <message>
        <source>A fixed number of requests is kept in flight; prompts are never cached.</source>
        <translation>Eine feste Zahl von Anfragen ist in Arbeit; Prompts kommen nie aus dem Cache.</translation>
    </message>
    <message>
        <source>A guide asks for use case, load, targets and hardware.</source>
        <translation>Ein Assistent fragt nach Anwendungsfall, Last, Zielen und Hardware.</translation>
    </message>
    <message>
        <source>A namespace has at most 63 lower-case letters, digits and “-”, and starts and ends with a letter or digit.</source>
        <translation>Ein Namespace hat höchstens 63 Kleinbuchstaben, Ziffern und „-“ und beginnt und endet mit Buchstabe oder Ziffer.</translation>
    </message>
    <message>
        <source>A prefix that many prompts share is computed once and then found in the cache, which saves prefill.</source>
        <translation>Ein Präfix, das viele Prompts teilen, wird einmal berechnet und dann im Cache gefunden; das spart Prefill.</translation>
    </message>
    <message>
        <source>A saved plan, requirements or an InferenceService in YAML, the result of a sweep.</source>
        <translation>Ein gespeicherter Plan, Anforderungen oder ein InferenceService in YAML, das Ergebnis eines Sweeps.</translation>
    </message>
    <message>
        <source>A value is not allowed</source>
        <translation>Ein Wert ist nicht erlaubt</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>About This &amp;Page</source>
        <translation>Über diese &amp;Seite</translation>
    </message>
    <message>
        <source>Above %1 the best is %2</source>
        <translation>Über %1 ist %2 am besten</translation>
    </message>
    <message>
        <source>Absolute error [%]: mean, from the median to p90</source>
        <translation>Absoluter Fehler [%]: Mittel, vom Median bis p90</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accept as &amp;Validated Benchmark</source>
        <translation>Als &amp;geprüfte Messung annehmen</translation>
    </message>
    <message>
        <source>Accepted. %1</source>
        <translation>Angenommen. %1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add &amp;Missing…</source>
        <translation>&amp;Fehlendes ergänzen …</translation>
    </message>
    <message>
        <source>Add What the Report Does Not Say</source>
        <translation>Ergänzen, was der Bericht nicht sagt</translation>
    </message>
    <message>
        <source>Add a model by its config.json</source>
        <translation>Ein Modell über seine config.json hinzufügen</translation>
    </message>
    <message>
        <source>Add config.json…</source>
        <translation>config.json hinzufügen …</translation>
    </message>
    <message>
        <source>Add it as</source>
        <translation>Hinzufügen als</translation>
    </message>
    <message>
        <source>Add model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add one of the best options of the present view</source>
        <translation>Eine der besten Optionen der aktuellen Sicht hinzufügen</translation>
    </message>
    <message>
        <source>Add or &amp;correct</source>
        <translation>Ergänzen oder &amp;korrigieren</translation>
    </message>
    <message>
        <source>Add to Comparison</source>
        <translation>Zum Vergleich hinzufügen</translation>
    </message>
    <message>
        <source>Add where the reports do not say it (marked as added by hand)</source>
        <translation>Ergänzen, wo die Berichte es nicht sagen (als von Hand ergänzt gekennzeichnet)</translation>
    </message>
    <message>
        <source>Added: %1</source>
        <translation>Hinzugefügt: %1</translation>
    </message>
    <message>
        <source>Adding what is missing</source>
        <translation>Fehlendes wird ergänzt</translation>
    </message>
    <message>
        <source>Addition or correction %1</source>
        <translation>Ergänzung oder Korrektur %1</translation>
    </message>
    <message>
        <source>Address of Prometheus</source>
        <translation>Adresse von Prometheus</translation>
    </message>
    <message>
        <source>Addresses of the model servers, separated by spaces</source>
        <translation>Adressen der Modellserver, durch Leerzeichen getrennt</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>After (calibrated)</source>
        <translation>Nachher (kalibriert)</translation>
    </message>
    <message>
        <source>Against “%1” [%]</source>
        <translation>Gegenüber „%1“ [%]</translation>
    </message>
    <message>
        <source>Aggregated</source>
        <translation>Aggregiert</translation>
    </message>
    <message>
        <source>Aim</source>
        <translation>Zielwert</translation>
    </message>
    <message>
        <source>Aim per replica</source>
        <translation>Zielwert je Replika</translation>
    </message>
    <message>
        <source>All %1 GPUs</source>
        <translation>Alle %1 GPUs</translation>
    </message>
    <message>
        <source>All %1 models</source>
        <translation>Alle %1 Modelle</translation>
    </message>
    <message>
        <source>All %1 models of the catalog are considered.</source>
        <translation>Alle %1 Modelle des Katalogs werden betrachtet.</translation>
    </message>
    <message>
        <source>All GPUs</source>
        <translation>Alle GPUs</translation>
    </message>
    <message>
        <source>All GPUs but %1 are considered.</source>
        <translation>Alle GPUs außer %1 werden betrachtet.</translation>
    </message>
    <message>
        <source>All GPUs but one are considered.</source>
        <translation>Alle GPUs außer einer werden betrachtet.</translation>
    </message>
    <message>
        <source>All but %1</source>
        <translation>Alle außer %1</translation>
    </message>
    <message>
        <source>All checks passed for the %1 files.</source>
        <translation>Alle Prüfungen der %1 Dateien sind bestanden.</translation>
    </message>
    <message>
        <source>All configurations that meet the targets, ranked, with charts. Drag a target line and the ranking follows. What was refused says why.</source>
        <translation>Alle Konfigurationen, die die Ziele erfüllen, geordnet und mit Diagrammen. Wird eine Ziellinie gezogen, folgt die Rangfolge. Abgelehntes sagt, warum.</translation>
    </message>
    <message>
        <source>All configurations that meet the targets, ranked. Choose a view above the table, filter, and select an option to see its latencies, memory and time of a step. Drag a target line in the chart of cost and latency, or move the priorities: the ranking follows at once. Escape takes a drag back.</source>
        <translation>Alle Konfigurationen, die die Ziele erfüllen, geordnet. Über der Tabelle eine Sicht wählen, filtern und eine Option wählen, um Latenzen, Speicher und Zeit eines Schrittes zu sehen. Eine Ziellinie im Diagramm von Kosten und Latenz ziehen oder die Prioritäten verschieben: die Rangfolge folgt sofort. Escape nimmt ein Ziehen zurück.</translation>
    </message>
    <message>
        <source>All equal</source>
        <translation>Alle gleich</translation>
    </message>
    <message>
        <source>All files in one .tar.gz or .zip</source>
        <translation>Alle Dateien in einem .tar.gz oder .zip</translation>
    </message>
    <message>
        <source>All files were copied, each under a comment with its name.</source>
        <translation>Alle Dateien wurden kopiert, jede unter einem Kommentar mit ihrem Namen.</translation>
    </message>
    <message>
        <source>All measurements</source>
        <translation>Alle Messungen</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>All sources</source>
        <translation>Alle Quellen</translation>
    </message>
    <message>
        <source>All text parameters</source>
        <translation>Alle Textparameter</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alle zusammen</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>Alle Gewichte</translation>
    </message>
    <message>
        <source>Allow %1</source>
        <translation>%1 zulassen</translation>
    </message>
    <message>
        <source>Also in the file</source>
        <translation>Auch in der Datei</translation>
    </message>
    <message>
        <source>An external program, declared in %1.</source>
        <translation>Ein externes Programm, deklariert in %1.</translation>
    </message>
    <message>
        <source>Analytic</source>
        <translation>Analytisch</translation>
    </message>
    <message>
        <source>Another configuration than planned</source>
        <translation>Andere Konfiguration als geplant</translation>
    </message>
    <message>
        <source>Answer in Words…</source>
        <translation>In Worten antworten …</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Answers from retrieved passages of the organisation's documents.</source>
        <translation>Antworten aus gefundenen Stellen der Dokumente der Organisation.</translation>
    </message>
    <message>
        <source>Any format is considered unless you check some.</source>
        <translation>Jedes Format wird betrachtet, solange keines angekreuzt ist.</translation>
    </message>
    <message>
        <source>Any server with an OpenAI-compatible API, for example Ollama or vLLM. The words of a description are sent there when you press “Ask”, and at no other time. What it proposes is checked and never used without your consent.</source>
        <translation>Irgendein Server mit OpenAI-kompatibler API, zum Beispiel Ollama oder vLLM. Die Wörter einer Beschreibung gehen dorthin, wenn „Sprachmodell fragen“ gedrückt wird, und sonst nie. Was er vorschlägt, wird geprüft und nie ohne Zustimmung genutzt.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Apply the description</source>
        <translation>Die Beschreibung übernehmen</translation>
    </message>
    <message>
        <source>Apply would change %1 of these. What is not stated stays as it is.</source>
        <translation>Übernehmen würde %1 davon ändern. Was nicht angegeben ist, bleibt.</translation>
    </message>
    <message>
        <source>Apply would change 1 of these. What is not stated stays as it is.</source>
        <translation>Übernehmen würde 1 davon ändern. Was nicht angegeben ist, bleibt.</translation>
    </message>
    <message>
        <source>Approximated: %1</source>
        <translation>Angenähert: %1</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Are these tokens of the prompt, of the output, or of both together?</source>
        <translation>Sind das Token des Prompts, der Ausgabe oder beider zusammen?</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>Argument</translation>
    </message>
    <message>
        <source>Arguments and images follow the version row of the plan. Nothing is written before you choose a folder, and existing files are replaced only after a question.</source>
        <translation>Argumente und Images folgen dem Versionsstand des Plans. Nichts wird geschrieben, bevor ein Ordner gewählt ist, und vorhandene Dateien werden nur nach einer Frage ersetzt.</translation>
    </message>
    <message>
        <source>Articles, mails and marketing texts from a short brief.</source>
        <translation>Artikel, Mails und Werbetexte aus einer kurzen Vorgabe.</translation>
    </message>
    <message>
        <source>As published, 0 to 100</source>
        <translation>Wie veröffentlicht, 0 bis 100</translation>
    </message>
    <message>
        <source>As the catalog has it</source>
        <translation>Wie im Katalog</translation>
    </message>
    <message>
        <source>As the desktop has it</source>
        <translation>Wie auf dem Desktop</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>As the use case says</source>
        <translation>Wie der Anwendungsfall sagt</translation>
    </message>
    <message>
        <source>As web page, PDF, Markdown or table</source>
        <translation>Als Webseite, PDF, Markdown oder Tabelle</translation>
    </message>
    <message>
        <source>As&amp;k the Language Model</source>
        <translation>&amp;Sprachmodell fragen</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1 wird gefragt …</translation>
    </message>
    <message>
        <source>Asking engine “%1”</source>
        <translation>Engine „%1“ wird gefragt</translation>
    </message>
    <message>
        <source>Asking the language model</source>
        <translation>Sprachmodell wird gefragt</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>At the planned peak</source>
        <translation>Bei geplanter Spitze</translation>
    </message>
    <message>
        <source>At the start:</source>
        <translation>Beim Start:</translation>
    </message>
    <message>
        <source>Attention weights</source>
        <translation>Attention-Gewichte</translation>
    </message>
    <message>
        <source>BF16</source>
        <translation>BF16</translation>
    </message>
    <message>
        <source>Back to the library (Esc)</source>
        <translation>Zurück zur Bibliothek (Esc)</translation>
    </message>
    <message>
        <source>Back to the priorities of the use case</source>
        <translation>Zurück zu den Prioritäten des Anwendungsfalls</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Balanced score</source>
        <translation>Gesamtbewertung</translation>
    </message>
    <message>
        <source>Balanced under your priorities</source>
        <translation>Ausgewogen unter den eigenen Prioritäten</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bandbreite</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Base model, not tuned for instructions</source>
        <translation>Basismodell, nicht auf Anweisungen abgestimmt</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Before (raw)</source>
        <translation>Vorher (roh)</translation>
    </message>
    <message>
        <source>Begin a plan or open one</source>
        <translation>Einen Plan beginnen oder öffnen</translation>
    </message>
    <message>
        <source>Begin a plan: with the guide, from words, from a use case or from a sample; or open a plan, requirements or a declarative spec. Files can be dropped anywhere on the window. Pinned plans stay at the top of the list.</source>
        <translation>Einen Plan beginnen: mit dem Assistenten, aus Worten, aus einem Anwendungsfall oder einem Beispiel; oder einen Plan, Anforderungen oder eine deklarative Spec öffnen. Dateien lassen sich überall im Fenster ablegen. Angeheftete Pläne bleiben oben in der Liste.</translation>
    </message>
    <message>
        <source>Begin with a use case</source>
        <translation>Mit einem Anwendungsfall beginnen</translation>
    </message>
    <message>
        <source>Below %1 the best is %2</source>
        <translation>Unter %1 ist %2 am besten</translation>
    </message>
    <message>
        <source>Below it the difference to the engine of the search</source>
        <translation>Darunter die Abweichung von der Engine der Suche</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmarked</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>Benchmarks</translation>
    </message>
    <message>
        <source>Beside %1</source>
        <translation>Neben %1</translation>
    </message>
    <message>
        <source>Beside each run what the engine of the plan predicts for it</source>
        <translation>Neben jedem Lauf, was die Engine des Plans für ihn vorhersagt</translation>
    </message>
    <message>
        <source>Best of the %1 view</source>
        <translation>Beste der Sicht „%1“</translation>
    </message>
    <message>
        <source>Best quality</source>
        <translation>Beste Qualität</translation>
    </message>
    <message>
        <source>Between tokens (ITL)</source>
        <translation>Zwischen Token (ITL)</translation>
    </message>
    <message>
        <source>Beyond what was fitted</source>
        <translation>Außerhalb des Angepassten</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Verzerrung</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Budget (gpu_memory_utilization)</source>
        <translation>Budget (gpu_memory_utilization)</translation>
    </message>
    <message>
        <source>Budget per month</source>
        <translation>Budget im Monat</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>Mitgeliefert</translation>
    </message>
    <message>
        <source>Built-in measurements are tables of published figures; there is no report file.</source>
        <translation>Mitgelieferte Messungen sind Tabellen veröffentlichter Zahlen; eine Berichtsdatei gibt es nicht.</translation>
    </message>
    <message>
        <source>Burstiness</source>
        <translation>Burstiness</translation>
    </message>
    <message>
        <source>By the number of models</source>
        <translation>Nach der Zahl der Modelle</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>W&amp;ählen …</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV-Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>CSV with the columns model, benchmark, score, source and date, results of lm-evaluation-harness (JSON) or a summary of OpenCompass (CSV)</source>
        <translation>CSV mit den Spalten model, benchmark, score, source und date, Ergebnisse von lm-evaluation-harness (JSON) oder eine Zusammenfassung von OpenCompass (CSV)</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>Cali&amp;brate…</source>
        <translation>Kali&amp;brieren …</translation>
    </message>
    <message>
        <source>Calibrate With Your Runs</source>
        <translation>Mit eigenen Läufen kalibrieren</translation>
    </message>
    <message>
        <source>Calibrating</source>
        <translation>Kalibrierung läuft</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cannot run: %1</source>
        <translation>Nicht lauffähig: %1</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Kapazität</translation>
    </message>
    <message>
        <source>Capacity [requests/s]</source>
        <translation>Kapazität [Anfragen/s]</translation>
    </message>
    <message>
        <source>Capacity of prefill and decode servers</source>
        <translation>Kapazität der Prefill- und Decode-Server</translation>
    </message>
    <message>
        <source>Capacity within the targets</source>
        <translation>Kapazität innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Causes and suggestions</source>
        <translation>Ursachen und Vorschläge</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Change %1 Target</source>
        <translation>Ziel %1 ändern</translation>
    </message>
    <message>
        <source>Change Engine</source>
        <translation>Engine ändern</translation>
    </message>
    <message>
        <source>Change Priorities</source>
        <translation>Prioritäten ändern</translation>
    </message>
    <message>
        <source>Change Requirements</source>
        <translation>Anforderungen ändern</translation>
    </message>
    <message>
        <source>Change View</source>
        <translation>Sicht ändern</translation>
    </message>
    <message>
        <source>Change how many %1 there are</source>
        <translation>Anzahl von %1 ändern</translation>
    </message>
    <message>
        <source>Change the KV transfer</source>
        <translation>KV-Übertragung ändern</translation>
    </message>
    <message>
        <source>Change the percentile of %1</source>
        <translation>Perzentil von %1 ändern</translation>
    </message>
    <message>
        <source>Change the price list</source>
        <translation>Preisliste ändern</translation>
    </message>
    <message>
        <source>Change the price of %1</source>
        <translation>Preis von %1 ändern</translation>
    </message>
    <message>
        <source>Change the title</source>
        <translation>Titel ändern</translation>
    </message>
    <message>
        <source>Change the topology</source>
        <translation>Topologie ändern</translation>
    </message>
    <message>
        <source>Change the version row</source>
        <translation>Versionsstand ändern</translation>
    </message>
    <message>
        <source>Change the weight of %1</source>
        <translation>Gewicht von %1 ändern</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Changes (level %1)</source>
        <translation>Änderungen (Stufe %1)</translation>
    </message>
    <message>
        <source>Chart: %1</source>
        <translation>Diagramm: %1</translation>
    </message>
    <message>
        <source>Charts of the options</source>
        <translation>Diagramme der Optionen</translation>
    </message>
    <message>
        <source>Chatbot</source>
        <translation>Chatbot</translation>
    </message>
    <message>
        <source>Cheap per month at the peak.</source>
        <translation>Bei Spitzenlast günstig im Monat.</translation>
    </message>
    <message>
        <source>Cheapest of a type</source>
        <translation>Günstigste eines Typs</translation>
    </message>
    <message>
        <source>Cheapest within the targets</source>
        <translation>Günstigste innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Check a GPU to plan only with the checked ones; check “Never” to leave one out. Fill in how many you have to plan only with those.</source>
        <translation>Ein Häkchen bei einer GPU plant nur mit den angekreuzten; „Nie“ lässt eine aus. Mit Stückzahlen wird nur mit dem vorhandenen Bestand geplant.</translation>
    </message>
    <message>
        <source>Checked before anything is saved: names, selectors and ports that have to agree between objects, GPU counts, scale targets and references to other objects.</source>
        <translation>Vor dem Speichern geprüft: Namen, Selektoren und Ports, die zwischen Objekten passen müssen, GPU-Zahlen, Skalierungsziele und Verweise auf andere Objekte.</translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation>Bibliothek wird geprüft</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Checks (%1)</source>
        <translation>Prüfungen (%1)</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>%1 wählen</translation>
    </message>
    <message>
        <source>Choose %1 weights</source>
        <translation>Gewichte in %1 wählen</translation>
    </message>
    <message>
        <source>Choose Plan</source>
        <translation>Plan wählen</translation>
    </message>
    <message>
        <source>Choose Use Case</source>
        <translation>Anwendungsfall wählen</translation>
    </message>
    <message>
        <source>Choose a Use Case Instead</source>
        <translation>Stattdessen einen Anwendungsfall wählen</translation>
    </message>
    <message>
        <source>Choose all shown</source>
        <translation>Alle gezeigten wählen</translation>
    </message>
    <message>
        <source>Choose another use case</source>
        <translation>Anderen Anwendungsfall wählen</translation>
    </message>
    <message>
        <source>Choose class %1</source>
        <translation>Klasse %1 wählen</translation>
    </message>
    <message>
        <source>Choose for Export</source>
        <translation>Für den Export wählen</translation>
    </message>
    <message>
        <source>Choose in Explore</source>
        <translation>In „Erkunden“ wählen</translation>
    </message>
    <message>
        <source>Choose the columns of the table</source>
        <translation>Spalten der Tabelle wählen</translation>
    </message>
    <message>
        <source>Choose the models shown</source>
        <translation>Die gezeigten Modelle wählen</translation>
    </message>
    <message>
        <source>Choose the nearest use case</source>
        <translation>Den ähnlichsten Anwendungsfall wählen</translation>
    </message>
    <message>
        <source>Choose the option to export</source>
        <translation>Die zu exportierende Option wählen</translation>
    </message>
    <message>
        <source>Choose two different options.</source>
        <translation>Zwei verschiedene Optionen wählen.</translation>
    </message>
    <message>
        <source>Choose use case %1</source>
        <translation>Anwendungsfall %1 wählen</translation>
    </message>
    <message>
        <source>Chosen for Export – Clear</source>
        <translation>Für den Export gewählt – aufheben</translation>
    </message>
    <message>
        <source>Chosen: %1</source>
        <translation>Gewählt: %1</translation>
    </message>
    <message>
        <source>Chunked prefill</source>
        <translation>Chunked Prefill</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Class: %1</source>
        <translation>Klasse: %1</translation>
    </message>
    <message>
        <source>Clear Chosen Plan</source>
        <translation>Gewählten Plan aufheben</translation>
    </message>
    <message>
        <source>Clear Filters</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Clear List</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Clear the Text</source>
        <translation>Text leeren</translation>
    </message>
    <message>
        <source>Click a point</source>
        <translation>Klick auf einen Punkt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closed loop</source>
        <translation>Geschlossener Kreis</translation>
    </message>
    <message>
        <source>Closed loop, GPU unknown to the fit</source>
        <translation>Geschlossener Kreis, GPU der Anpassung unbekannt</translation>
    </message>
    <message>
        <source>Closed loop, below saturation</source>
        <translation>Geschlossener Kreis, unterhalb der Sättigung</translation>
    </message>
    <message>
        <source>Closed loop, model unknown to the fit</source>
        <translation>Geschlossener Kreis, Modell der Anpassung unbekannt</translation>
    </message>
    <message>
        <source>Closed loop, other inference engines</source>
        <translation>Geschlossener Kreis, andere Inferenz-Engines</translation>
    </message>
    <message>
        <source>Code completion</source>
        <translation>Code-Vervollständigung</translation>
    </message>
    <message>
        <source>Code generation</source>
        <translation>Code-Erzeugung</translation>
    </message>
    <message>
        <source>Coefficients: %1, from %2.</source>
        <translation>Koeffizienten: %1, aus %2.</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>Kaltstart</translation>
    </message>
    <message>
        <source>Collectives</source>
        <translation>Kollektive Operationen</translation>
    </message>
    <message>
        <source>Coloured by cost</source>
        <translation>Farbe nach Kosten</translation>
    </message>
    <message>
        <source>Coloured by goodput</source>
        <translation>Farbe nach Goodput</translation>
    </message>
    <message>
        <source>Combinations that failed this constraint first</source>
        <translation>Kombinationen, die zuerst an dieser Bedingung scheiterten</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare With the Best</source>
        <translation>Mit der besten vergleichen</translation>
    </message>
    <message>
        <source>Compare the Best</source>
        <translation>Die besten vergleichen</translation>
    </message>
    <message>
        <source>Compare the Best of Each View</source>
        <translation>Die beste jeder Sicht vergleichen</translation>
    </message>
    <message>
        <source>Compare with an earlier export</source>
        <translation>Mit einem früheren Export vergleichen</translation>
    </message>
    <message>
        <source>Compared on %1 with the coefficients “%2”. Nothing here is a measurement of your deployment.</source>
        <translation>Verglichen am %1 mit den Koeffizienten „%2“. Nichts hiervon ist eine Messung des eigenen Deployments.</translation>
    </message>
    <message>
        <source>Compared with the export in %1.</source>
        <translation>Verglichen mit dem Export in %1.</translation>
    </message>
    <message>
        <source>Compared with the plan: %1 as %2 on %3, %4 at the peak.</source>
        <translation>Verglichen mit dem Plan: %1 als %2 auf %3, %4 bei Spitzenlast.</translation>
    </message>
    <message>
        <source>Compares what a running deployment does with what the plan predicts for the load that it has, and tells when the load has changed so much that the plan no longer fits.</source>
        <translation>Vergleicht, was ein laufendes Deployment tut, mit dem, was der Plan für die vorhandene Last vorhersagt, und meldet, wenn sich die Last so geändert hat, dass der Plan nicht mehr passt.</translation>
    </message>
    <message>
        <source>Comparing runs</source>
        <translation>Läufe werden verglichen</translation>
    </message>
    <message>
        <source>Comparing your runs with what engine “%1” predicts for them …</source>
        <translation>Eigene Läufe werden mit dem verglichen, was die Engine „%1“ für sie vorhersagt …</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>Vergleich läuft …</translation>
    </message>
    <message>
        <source>Comparison of %1 runs and predictions</source>
        <translation>Vergleich von %1 Läufen und Vorhersagen</translation>
    </message>
    <message>
        <source>Comparison: %1</source>
        <translation>Vergleich: %1</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Abgeschlossen</translation>
    </message>
    <message>
        <source>Compressed archive (*.tar.gz *.tgz)</source>
        <translation>Komprimiertes Archiv (*.tar.gz *.tgz)</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>Berechnet</translation>
    </message>
    <message>
        <source>Computing how this option does under load…</source>
        <translation>Verhalten dieser Option unter Last wird berechnet …</translation>
    </message>
    <message>
        <source>Computing prefill and decode splits</source>
        <translation>Prefill- und Decode-Aufteilungen werden berechnet</translation>
    </message>
    <message>
        <source>Computing the load curve</source>
        <translation>Lastkurve wird berechnet</translation>
    </message>
    <message>
        <source>Computing the prompt</source>
        <translation>Berechnung des Prompts</translation>
    </message>
    <message>
        <source>Computing the splits of this option…</source>
        <translation>Aufteilungen dieser Option werden berechnet …</translation>
    </message>
    <message>
        <source>Concurrency</source>
        <translation>Gleichzeitigkeit</translation>
    </message>
    <message>
        <source>Conditions on labels, separated by commas; empty reads all</source>
        <translation>Bedingungen an Labels, durch Kommas getrennt; leer liest alle</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Vertrauen</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Connected, newest sample %1. %2</source>
        <translation>Verbunden, neuester Messpunkt %1. %2</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbindung wird hergestellt …</translation>
    </message>
    <message>
        <source>Consider all</source>
        <translation>Alle betrachten</translation>
    </message>
    <message>
        <source>Consider all GPUs</source>
        <translation>Alle GPUs betrachten</translation>
    </message>
    <message>
        <source>Consider all models</source>
        <translation>Alle Modelle betrachten</translation>
    </message>
    <message>
        <source>Content generation</source>
        <translation>Texterstellung</translation>
    </message>
    <message>
        <source>Content of the selected file</source>
        <translation>Inhalt der gewählten Datei</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Context longer than the model supports</source>
        <translation>Kontext länger, als das Modell kann</translation>
    </message>
    <message>
        <source>Context window</source>
        <translation>Kontextfenster</translation>
    </message>
    <message>
        <source>Conversation with people who read along while the answer is written.</source>
        <translation>Gespräch mit Menschen, die mitlesen, während die Antwort entsteht.</translation>
    </message>
    <message>
        <source>Conversational</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy Data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Copy Image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy Whole Table</source>
        <translation>Ganze Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy With Header</source>
        <translation>Mit Kopfzeile kopieren</translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation>Datei kopieren</translation>
    </message>
    <message>
        <source>Copy, save and export</source>
        <translation>Kopieren, speichern und exportieren</translation>
    </message>
    <message>
        <source>Corrected, renamed or derived</source>
        <translation>Korrigiert, umbenannt oder abgeleitet</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Cost [$/month]</source>
        <translation>Kosten [$/Monat]</translation>
    </message>
    <message>
        <source>Cost and Latency</source>
        <translation>Kosten und Latenz</translation>
    </message>
    <message>
        <source>Cost and Size</source>
        <translation>Kosten und Größe</translation>
    </message>
    <message>
        <source>Cost and latency</source>
        <translation>Kosten und Latenz</translation>
    </message>
    <message>
        <source>Cost by GPU type</source>
        <translation>Kosten nach GPU-Typ</translation>
    </message>
    <message>
        <source>Cost of tokens</source>
        <translation>Kosten der Token</translation>
    </message>
    <message>
        <source>Cost per hour</source>
        <translation>Kosten je Stunde</translation>
    </message>
    <message>
        <source>Cost per month</source>
        <translation>Kosten im Monat</translation>
    </message>
    <message>
        <source>Cost score</source>
        <translation>Kostenbewertung</translation>
    </message>
    <message>
        <source>Counts as</source>
        <translation>Zählt als</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Abgedeckt</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Ctrl+K finds every page, command, field, model and option by a few letters. F1 explains the page that you are on and where its numbers come from.</source>
        <translation>Strg+K findet jede Seite, jeden Befehl, jedes Feld, Modell und jede Option nach wenigen Buchstaben. F1 erklärt die aktuelle Seite und woher ihre Zahlen kommen.</translation>
    </message>
    <message>
        <source>Ctrl+Return in the text does the same. Undo takes it back in one step.</source>
        <translation>Strg+Eingabe im Text tut dasselbe. „Rückgängig“ nimmt es in einem Schritt zurück.</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Rad</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Data Folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Decisions that change, with their reload level</source>
        <translation>Geänderte Entscheidungen mit ihrer Neustart-Stufe</translation>
    </message>
    <message>
        <source>Declared in</source>
        <translation>Deklariert in</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>Decode busy</source>
        <translation>Decode ausgelastet</translation>
    </message>
    <message>
        <source>Decode servers</source>
        <translation>Decode-Server</translation>
    </message>
    <message>
        <source>Decode step of the best options</source>
        <translation>Decode-Schritt der besten Optionen</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Deferred</source>
        <translation>Zeitversetzt</translation>
    </message>
    <message>
        <source>Delete Removed for &amp;Good</source>
        <translation>Entferntes endgültig &amp;löschen</translation>
    </message>
    <message>
        <source>Delete Removed for Good</source>
        <translation>Entfernte endgültig löschen</translation>
    </message>
    <message>
        <source>Delete all removed measurements for good? They cannot be restored.</source>
        <translation>Alle entfernten Messungen endgültig löschen? Sie lassen sich nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>Deleting removed measurements</source>
        <translation>Entfernte Messungen werden gelöscht</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Deployment</translation>
    </message>
    <message>
        <source>Derivation of the memory</source>
        <translation>Herleitung des Speichers</translation>
    </message>
    <message>
        <source>Derivation of the need</source>
        <translation>Herleitung des Bedarfs</translation>
    </message>
    <message>
        <source>Derivation of the time</source>
        <translation>Herleitung der Zeit</translation>
    </message>
    <message>
        <source>Derived from other figures of the report</source>
        <translation>Aus anderen Werten des Berichts abgeleitet</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>Beschreiben</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Description in words</source>
        <translation>Beschreibung in Worten</translation>
    </message>
    <message>
        <source>Descriptions would be sent to %1.</source>
        <translation>Beschreibungen würden an %1 gesendet.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details of the selected option</source>
        <translation>Einzelheiten der gewählten Option</translation>
    </message>
    <message>
        <source>Difference [%]</source>
        <translation>Abweichung [%]</translation>
    </message>
    <message>
        <source>Different prefixes</source>
        <translation>Verschiedene Präfixe</translation>
    </message>
    <message>
        <source>Differs from the plan: replaces %1 by %2. From %3</source>
        <translation>Anders als im Plan: ersetzt %1 durch %2. Aus %3</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Distribution of prompt and output lengths</source>
        <translation>Verteilung der Prompt- und Ausgabelängen</translation>
    </message>
    <message>
        <source>Distributions of the measurement</source>
        <translation>Verteilungen der Messung</translation>
    </message>
    <message>
        <source>Do not insist on %1</source>
        <translation>Nicht auf %1 bestehen</translation>
    </message>
    <message>
        <source>Do not insist on %1 weights</source>
        <translation>Nicht auf Gewichten in %1 bestehen</translation>
    </message>
    <message>
        <source>Document questions (RAG)</source>
        <translation>Fragen an Dokumente (RAG)</translation>
    </message>
    <message>
        <source>Does not meet all targets.</source>
        <translation>Erfüllt nicht alle Ziele.</translation>
    </message>
    <message>
        <source>Dollars per million output tokens while the peak load lasts</source>
        <translation>Dollar je Million Ausgabe-Token, solange die Spitzenlast anhält</translation>
    </message>
    <message>
        <source>Double click, Home</source>
        <translation>Doppelklick, Pos1</translation>
    </message>
    <message>
        <source>Downtime: %1, %2</source>
        <translation>Ausfallzeit: %1, %2</translation>
    </message>
    <message>
        <source>Drag the dashed line, Alt+Up, Alt+Down</source>
        <translation>Gestrichelte Linie ziehen, Alt+Auf, Alt+Ab</translation>
    </message>
    <message>
        <source>Drag, arrow keys</source>
        <translation>Ziehen, Pfeiltasten</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Drop a plan to open it, or benchmark reports to import them</source>
        <translation>Einen Plan zum Öffnen ablegen oder Benchmark-Berichte zum Importieren</translation>
    </message>
    <message>
        <source>Dropped: %1 %2.</source>
        <extracomment>%1 is a field, %2 an English reason such as "is invented: …"</extracomment>
        <translation>Verworfen: %1 %2.</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Dynamo %1 with vLLM %2 inside</source>
        <translation>Dynamo %1 mit vLLM %2 darin</translation>
    </message>
    <message>
        <source>E2E</source>
        <translation>E2E</translation>
    </message>
    <message>
        <source>E2E interval</source>
        <translation>E2E-Intervall</translation>
    </message>
    <message>
        <source>E2E mean</source>
        <translation>E2E Mittel</translation>
    </message>
    <message>
        <source>E2E p50</source>
        <translation>E2E p50</translation>
    </message>
    <message>
        <source>E2E p90</source>
        <translation>E2E p90</translation>
    </message>
    <message>
        <source>E2E p95</source>
        <translation>E2E p95</translation>
    </message>
    <message>
        <source>E2E p99</source>
        <translation>E2E p99</translation>
    </message>
    <message>
        <source>E2E per output token</source>
        <translation>E2E je Ausgabe-Token</translation>
    </message>
    <message>
        <source>E2E target out of reach</source>
        <translation>E2E-Ziel unerreichbar</translation>
    </message>
    <message>
        <source>Each GPU is predicted with coefficients that never saw it: what to expect of a new GPU.</source>
        <translation>Jede GPU wird mit Koeffizienten vorhergesagt, die sie nie gesehen haben: das ist von einer neuen GPU zu erwarten.</translation>
    </message>
    <message>
        <source>Each model is predicted with coefficients that never saw it: what to expect of a new model.</source>
        <translation>Jedes Modell wird mit Koeffizienten vorhergesagt, die es nie gesehen haben: das ist von einem neuen Modell zu erwarten.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Enabled when %1 requests or more ended in the window</source>
        <translation>Verfügbar, wenn im Fenster mindestens %1 Anfragen endeten</translation>
    </message>
    <message>
        <source>Enabled when the traffic has drifted or steps take another time than predicted</source>
        <translation>Verfügbar, wenn der Verkehr sich verschoben hat oder Schritte anders dauern als vorhergesagt</translation>
    </message>
    <message>
        <source>End to end (E2E)</source>
        <translation>Ende zu Ende (E2E)</translation>
    </message>
    <message>
        <source>End-to-end latency limit</source>
        <translation>Grenze der Ende-zu-Ende-Latenz</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Engine arguments</source>
        <translation>Engine-Argumente</translation>
    </message>
    <message>
        <source>Engine arguments with their reasons</source>
        <translation>Engine-Argumente mit ihren Gründen</translation>
    </message>
    <message>
        <source>Engine settings</source>
        <translation>Engine-Einstellungen</translation>
    </message>
    <message>
        <source>Engine version</source>
        <translation>Engine-Version</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Engines and data</source>
        <translation>Engines und Daten</translation>
    </message>
    <message>
        <source>Engines compared</source>
        <translation>Engines im Vergleich</translation>
    </message>
    <message>
        <source>Engines that were f&amp;ound</source>
        <translation>Ge&amp;fundene Engines</translation>
    </message>
    <message>
        <source>Enter or a double click shows the place in the file.</source>
        <translation>Enter oder Doppelklick zeigt die Stelle in der Datei.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Error by class</source>
        <translation>Fehler nach Klasse</translation>
    </message>
    <message>
        <source>Errors before and after, and what is corrected</source>
        <translation>Fehler vorher und nachher, und was korrigiert wird</translation>
    </message>
    <message>
        <source>Errors by class</source>
        <translation>Fehler nach Klasse</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Estimate of engine “%1”: %2</source>
        <translation>Schätzung der Engine „%1“: %2</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Geschätzt</translation>
    </message>
    <message>
        <source>Estimates are corrected from now on.</source>
        <translation>Schätzungen werden ab jetzt korrigiert.</translation>
    </message>
    <message>
        <source>Estimates are the engine's own again.</source>
        <translation>Schätzungen sind wieder die der Engine selbst.</translation>
    </message>
    <message>
        <source>Every figure is the one in the report that it was imported from; the raw document and the findings of the import are kept beside it.</source>
        <translation>Jeder Wert ist der aus dem Bericht, aus dem er importiert wurde; das Originaldokument und die Befunde des Imports bleiben daneben erhalten.</translation>
    </message>
    <message>
        <source>Every option that meets the targets gets four scores; their weighted geometric mean orders the balanced view. Moving a slider re-ranks at once, without a new search.</source>
        <translation>Jede Option, die die Ziele erfüllt, erhält vier Bewertungen; ihr gewichtetes geometrisches Mittel ordnet die ausgewogene Sicht. Ein Schieberegler ordnet sofort neu, ohne neue Suche.</translation>
    </message>
    <message>
        <source>Every value that the plans are sized for, and where it came from.</source>
        <translation>Jeder Wert, auf den die Pläne ausgelegt sind, und woher er kommt.</translation>
    </message>
    <message>
        <source>Everything that plans are made with. What you stated, what follows from the use case, what is computed and what is a default look different.</source>
        <translation>Alles, womit Pläne gemacht werden. Angegebenes, aus dem Anwendungsfall Folgendes, Berechnetes und Standardwerte sehen verschieden aus.</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Evidence of quality</source>
        <translation>Belege zur Qualität</translation>
    </message>
    <message>
        <source>Evidence of quality for %1</source>
        <translation>Belege zur Qualität von %1</translation>
    </message>
    <message>
        <source>Exclude %1</source>
        <translation>%1 ausschließen</translation>
    </message>
    <message>
        <source>Existing Gateway to attach an HTTPRoute to, as “name” or “namespace/name”; empty means none.</source>
        <translation>Vorhandenes Gateway, an das eine HTTPRoute gehängt wird, als „Name“ oder „Namespace/Name“; leer heißt keines.</translation>
    </message>
    <message>
        <source>Experience class</source>
        <translation>Erlebnisklasse</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>Experiment</translation>
    </message>
    <message>
        <source>Explains %1 of %2 deviations.</source>
        <translation>Erklärt %1 von %2 Abweichungen.</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Explore the options</source>
        <translation>Optionen erkunden</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export Data</source>
        <translation>Daten exportieren</translation>
    </message>
    <message>
        <source>Export Data in View…</source>
        <translation>Sichtbare Daten exportieren …</translation>
    </message>
    <message>
        <source>Export Data…</source>
        <translation>Daten exportieren …</translation>
    </message>
    <message>
        <source>Export Whole Library</source>
        <translation>Ganze Bibliothek exportieren</translation>
    </message>
    <message>
        <source>Exporting the library</source>
        <translation>Bibliothek wird exportiert</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>B&amp;efunde</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <translation>&amp;Ordner …</translation>
    </message>
    <message>
        <source>Faster than the targets ask for.</source>
        <translation>Schneller als die Ziele verlangen.</translation>
    </message>
    <message>
        <source>Feed-forward weights</source>
        <translation>Feed-Forward-Gewichte</translation>
    </message>
    <message>
        <source>Few GPUs and servers, little parallelism, no quantisation.</source>
        <translation>Wenige GPUs und Server, wenig Parallelität, keine Quantisierung.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Field %1 of the description</source>
        <translation>Feld %1 der Beschreibung</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Figure shown in the chart</source>
        <translation>Im Diagramm gezeigter Wert</translation>
    </message>
    <message>
        <source>Figure shown over time</source>
        <translation>Über der Zeit gezeigter Wert</translation>
    </message>
    <message>
        <source>Figures as observed and as predicted</source>
        <translation>Werte, beobachtet und vorhergesagt</translation>
    </message>
    <message>
        <source>Figures labelled Estimated are predictions of the engine that is named above the table, with an interval that nine of ten measurements should keep to. Figures labelled Benchmarked were measured on exactly this configuration. Costs are GPUs × price of the chosen price list.</source>
        <translation>Als „Geschätzt“ gekennzeichnete Werte sind Vorhersagen der Engine, die über der Tabelle steht, mit einem Intervall, in dem neun von zehn Messungen liegen sollten. „Gemessen“ heißt: an genau dieser Konfiguration gemessen. Kosten sind GPUs × Preis der gewählten Preisliste.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of the import</source>
        <translation>Dateien des Imports</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter by GPU type</source>
        <translation>Nach GPU-Typ filtern</translation>
    </message>
    <message>
        <source>Filter by model</source>
        <translation>Nach Modell filtern</translation>
    </message>
    <message>
        <source>Filter by the parallelism of a replica</source>
        <translation>Nach der Parallelität einer Replika filtern</translation>
    </message>
    <message>
        <source>Filter by the precision of the weights</source>
        <translation>Nach der Genauigkeit der Gewichte filtern</translation>
    </message>
    <message>
        <source>Filter the GPUs</source>
        <translation>GPUs filtern</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>Modelle filtern</translation>
    </message>
    <message>
        <source>Filter the options by words</source>
        <translation>Optionen nach Wörtern filtern</translation>
    </message>
    <message>
        <source>Filter the rows</source>
        <translation>Zeilen filtern</translation>
    </message>
    <message>
        <source>Filter, e.g. h100 fp8 tp4</source>
        <translation>Filter, z. B. h100 fp8 tp4</translation>
    </message>
    <message>
        <source>Filter, e.g. hopper ttft</source>
        <translation>Filter, z. B. hopper ttft</translation>
    </message>
    <message>
        <source>Filter, e.g. llama fp8</source>
        <translation>Filter, z. B. llama fp8</translation>
    </message>
    <message>
        <source>Filter, e.g. nvidia hopper</source>
        <translation>Filter, z. B. nvidia hopper</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Findings of the checks</source>
        <translation>Befunde der Prüfungen</translation>
    </message>
    <message>
        <source>Findings of the selected files</source>
        <translation>Befunde der gewählten Dateien</translation>
    </message>
    <message>
        <source>First token (TTFT)</source>
        <translation>Erstes Token (TTFT)</translation>
    </message>
    <message>
        <source>First token (mean)</source>
        <translation>Erstes Token (Mittel)</translation>
    </message>
    <message>
        <source>First token ×</source>
        <translation>Erstes Token ×</translation>
    </message>
    <message>
        <source>Five options are compared already; take one out first.</source>
        <translation>Es werden schon fünf Optionen verglichen; erst eine herausnehmen.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder With Engines</source>
        <translation>Ordner mit Engines</translation>
    </message>
    <message>
        <source>Folder with YAML files that declare external engines; may be repeated.</source>
        <translation>Ordner mit YAML-Dateien, die externe Engines deklarieren; mehrfach möglich.</translation>
    </message>
    <message>
        <source>For example: a support chatbot for 5k users, first token within 500 ms, $20k a month</source>
        <translation>Zum Beispiel: ein Support-Chatbot für 5k Nutzer, erstes Token innerhalb von 500 ms, $20k im Monat</translation>
    </message>
    <message>
        <source>For example: make it 300 ms, and no A100</source>
        <translation>Zum Beispiel: lieber 300 ms und keine A100</translation>
    </message>
    <message>
        <source>For the load that is observed</source>
        <translation>Für die beobachtete Last</translation>
    </message>
    <message>
        <source>Forget Imported Scores</source>
        <translation>Importierte Werte vergessen</translation>
    </message>
    <message>
        <source>Forget my counts</source>
        <translation>Eigene Stückzahlen vergessen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Found when it was read</source>
        <translation>Beim Lesen gefunden</translation>
    </message>
    <message>
        <source>Found: %1 Nothing is stored yet.</source>
        <translation>Gefunden: %1 Noch ist nichts gespeichert.</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>Gefunden: %1.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From a need to manifests</source>
        <translation>Vom Bedarf zu Manifesten</translation>
    </message>
    <message>
        <source>From an evaluation over measured deployments that is made anew for every release. The command “llmd evaluate” repeats it.</source>
        <translation>Aus einem Vergleich mit gemessenen Deployments, der für jede Version neu gemacht wird. Der Befehl „llmd evaluate“ wiederholt ihn.</translation>
    </message>
    <message>
        <source>From the language model</source>
        <translation>Vom Sprachmodell</translation>
    </message>
    <message>
        <source>From the language model, citing %1.</source>
        <translation>Vom Sprachmodell, das %1 zitiert.</translation>
    </message>
    <message>
        <source>From the language model, citing %1. The rules read %2.</source>
        <translation>Vom Sprachmodell, das %1 zitiert. Die Regeln lasen %2.</translation>
    </message>
    <message>
        <source>From the number of &amp;users</source>
        <translation>Aus der Zahl der &amp;Nutzer</translation>
    </message>
    <message>
        <source>From the request's arrival until its last token (end to end).</source>
        <translation>Vom Eintreffen der Anfrage bis zum letzten Token (Ende zu Ende).</translation>
    </message>
    <message>
        <source>From the request's arrival until the first token is out: waiting and prefill.</source>
        <translation>Vom Eintreffen der Anfrage bis zum ersten Token: Warten und Prefill.</translation>
    </message>
    <message>
        <source>Frontier with 90 % interval</source>
        <translation>Front mit 90-%-Intervall</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPU Types</source>
        <translation>GPU-Typen</translation>
    </message>
    <message>
        <source>GPU cannot run these weights</source>
        <translation>GPU kann diese Gewichte nicht ausführen</translation>
    </message>
    <message>
        <source>GPU of unknown kind</source>
        <translation>GPU unbekannter Art</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPUs</translation>
    </message>
    <message>
        <source>GPUs needed beyond the present ones: %1</source>
        <translation>Über die vorhandenen hinaus nötige GPUs: %1</translation>
    </message>
    <message>
        <source>GPUs of the catalog</source>
        <translation>GPUs des Katalogs</translation>
    </message>
    <message>
        <source>GPUs of the whole deployment</source>
        <translation>GPUs des ganzen Deployments</translation>
    </message>
    <message>
        <source>GPUs of the whole deployment at the peak</source>
        <translation>GPUs des ganzen Deployments bei Spitzenlast</translation>
    </message>
    <message>
        <source>GPUs to consider, inventory</source>
        <translation>Zu betrachtende GPUs, Bestand</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Gateway &amp;class</source>
        <translation>Gateway-&amp;Klasse</translation>
    </message>
    <message>
        <source>Generated files</source>
        <translation>Erzeugte Dateien</translation>
    </message>
    <message>
        <source>Give it a name that others will understand.</source>
        <translation>Ein Name, den andere verstehen.</translation>
    </message>
    <message>
        <source>Go to the field</source>
        <translation>Zum Feld gehen</translation>
    </message>
    <message>
        <source>Groups of preferences</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>HTTP and tokenizer</source>
        <translation>HTTP und Tokenizer</translation>
    </message>
    <message>
        <source>Half of the errors are smaller</source>
        <translation>Die Hälfte der Fehler ist kleiner</translation>
    </message>
    <message>
        <source>Hardware and prices</source>
        <translation>Hardware und Preise</translation>
    </message>
    <message>
        <source>Has a warning. %1</source>
        <translation>Hat eine Warnung. %1</translation>
    </message>
    <message>
        <source>Head-room</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Headroom at the peak</source>
        <translation>Reserve bei Spitzenlast</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Obergrenze</translation>
    </message>
    <message>
        <source>Hold a running deployment against its plan: deviation, causes and drift</source>
        <translation>Ein laufendes Deployment an seinem Plan messen: Abweichung, Ursachen und Drift</translation>
    </message>
    <message>
        <source>HorizontalPodAutoscaler</source>
        <translation>HorizontalPodAutoscaler</translation>
    </message>
    <message>
        <source>How &amp;Accurate Is This?</source>
        <translation>Wie &amp;genau ist das?</translation>
    </message>
    <message>
        <source>How accurate is that for options of this kind?</source>
        <translation>Wie genau ist das für solche Optionen?</translation>
    </message>
    <message>
        <source>How do you want to serve a model?</source>
        <translation>Wie soll ein Modell bedient werden?</translation>
    </message>
    <message>
        <source>How each part follows</source>
        <translation>Wie jeder Teil folgt</translation>
    </message>
    <message>
        <source>How far over the limit the best of them is</source>
        <translation>Wie weit die beste davon über der Grenze liegt</translation>
    </message>
    <message>
        <source>How far predictions were from measurements that the engines have not seen, by metric and by kind of deployment, so that you know how much to trust a figure.</source>
        <translation>Wie weit Vorhersagen von Messungen abwichen, die die Engines nie gesehen haben, nach Wert und Art des Deployments, damit klar ist, wie sehr einer Zahl zu trauen ist.</translation>
    </message>
    <message>
        <source>How far the predictions are from measurements, and where not to trust them</source>
        <translation>Wie weit die Vorhersagen von Messungen abweichen und wo ihnen nicht zu trauen ist</translation>
    </message>
    <message>
        <source>How fast the service has to feel. A plan counts only if its predicted latency stays within every limit at the peak rate. Times are written as “200ms” or “0.2s”.</source>
        <translation>Wie schnell sich der Dienst anfühlen muss. Ein Plan zählt nur, wenn seine vorhergesagte Latenz bei Spitzenrate in jeder Grenze bleibt. Zeiten werden als „200ms“ oder „0.2s“ geschrieben.</translation>
    </message>
    <message>
        <source>How firm the first place is</source>
        <translation>Wie fest der erste Platz ist</translation>
    </message>
    <message>
        <source>How it follows</source>
        <translation>Wie es folgt</translation>
    </message>
    <message>
        <source>How long requests are</source>
        <translation>Wie lang Anfragen sind</translation>
    </message>
    <message>
        <source>How many US dollars per month are these?</source>
        <translation>Wie viele US-Dollar im Monat sind das?</translation>
    </message>
    <message>
        <source>How many different shared prefixes there are, for example one per tenant or agent.</source>
        <translation>Wie viele verschiedene gemeinsame Präfixe es gibt, zum Beispiel eines je Mandant oder Agent.</translation>
    </message>
    <message>
        <source>How many of this GPU exist; empty means that any number may be bought</source>
        <translation>Wie viele dieser GPU vorhanden sind; leer heißt, dass beliebig viele gekauft werden dürfen</translation>
    </message>
    <message>
        <source>How many requests</source>
        <translation>Wie viele Anfragen</translation>
    </message>
    <message>
        <source>How many requests per second are there, about?</source>
        <translation>Wie viele Anfragen je Sekunde sind es etwa?</translation>
    </message>
    <message>
        <source>How many users are there, about?</source>
        <translation>Wie viele Nutzer sind es etwa?</translation>
    </message>
    <message>
        <source>How much %1 counts in the balanced score</source>
        <translation>Wie viel %1 in der Gesamtbewertung zählt</translation>
    </message>
    <message>
        <source>How much arrives and how long it is. Leave a field empty to keep the figure shown in grey; “5k” and “1.2M” are understood.</source>
        <translation>Wie viel ankommt und wie lang es ist. Leer gelassen gilt der graue Wert; „5k“ und „1.2M“ werden verstanden.</translation>
    </message>
    <message>
        <source>How much busier the busiest minutes are than the mean. Plans are sized for the peak.</source>
        <translation>Wie viel mehr in den vollsten Minuten los ist als im Mittel. Pläne werden auf die Spitze ausgelegt.</translation>
    </message>
    <message>
        <source>How much this kind of evidence counts for the use case</source>
        <translation>Wie viel diese Art von Beleg für den Anwendungsfall zählt</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>How to Move in This Chart</source>
        <translation>Bewegen in diesem Diagramm</translation>
    </message>
    <message>
        <source>How to apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>How to apply the files</source>
        <translation>Wie die Dateien angewendet werden</translation>
    </message>
    <message>
        <source>How to move in this chart</source>
        <translation>Bewegen in diesem Diagramm</translation>
    </message>
    <message>
        <source>Hugging Face configuration (*.json);;All files (*)</source>
        <translation>Hugging-Face-Konfiguration (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>I know the &amp;request rate</source>
        <translation>Die Anfrage&amp;rate ist bekannt</translation>
    </message>
    <message>
        <source>ITL</source>
        <translation>ITL</translation>
    </message>
    <message>
        <source>ITL calibrated</source>
        <translation>ITL kalibriert</translation>
    </message>
    <message>
        <source>ITL mean</source>
        <translation>ITL Mittel</translation>
    </message>
    <message>
        <source>ITL mean (TPOT)</source>
        <translation>ITL Mittel (TPOT)</translation>
    </message>
    <message>
        <source>ITL measured</source>
        <translation>ITL gemessen</translation>
    </message>
    <message>
        <source>ITL p95</source>
        <translation>ITL p95</translation>
    </message>
    <message>
        <source>ITL raw</source>
        <translation>ITL roh</translation>
    </message>
    <message>
        <source>ITL target out of reach</source>
        <translation>ITL-Ziel unerreichbar</translation>
    </message>
    <message>
        <source>ITL, mean</source>
        <translation>ITL, Mittel</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Id of the added model</source>
        <translation>Id des hinzugefügten Modells</translation>
    </message>
    <message>
        <source>If this option had servers of their own for prefill and decode: </source>
        <translation>Wenn diese Option eigene Server für Prefill und Decode hätte: </translation>
    </message>
    <message>
        <source>If whole prompts come again: the size of the set that they repeat from. 0 means that every prompt is new.</source>
        <translation>Wenn ganze Prompts wiederkommen: die Größe der Menge, aus der sie sich wiederholen. 0 heißt, dass jeder Prompt neu ist.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import Benchmark Reports</source>
        <translation>Benchmark-Berichte importieren</translation>
    </message>
    <message>
        <source>Import Scores</source>
        <translation>Werte importieren</translation>
    </message>
    <message>
        <source>Import Scores…</source>
        <translation>Werte importieren …</translation>
    </message>
    <message>
        <source>Import a Folder of Reports</source>
        <translation>Einen Ordner mit Berichten importieren</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Imported the scores of %1.</source>
        <translation>Die Werte von %1 sind importiert.</translation>
    </message>
    <message>
        <source>Imported, all formats</source>
        <translation>Importiert, alle Formate</translation>
    </message>
    <message>
        <source>Importing reports</source>
        <translation>Berichte werden importiert</translation>
    </message>
    <message>
        <source>In Chinese</source>
        <translation>Auf Chinesisch</translation>
    </message>
    <message>
        <source>In German</source>
        <translation>Auf Deutsch</translation>
    </message>
    <message>
        <source>In force everywhere after about %1</source>
        <translation>Überall in Kraft nach etwa %1</translation>
    </message>
    <message>
        <source>In interval</source>
        <translation>Im Intervall</translation>
    </message>
    <message>
        <source>In the plan. From %1</source>
        <translation>Im Plan. Aus %1</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>In eigenen Worten</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>Sofort</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>Interaktiv</translation>
    </message>
    <message>
        <source>Interval from</source>
        <translation>Intervall von</translation>
    </message>
    <message>
        <source>Interval to</source>
        <translation>Intervall bis</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>Is this the speed of one user, or of all together?</source>
        <translation>Ist das die Geschwindigkeit eines Nutzers oder aller zusammen?</translation>
    </message>
    <message>
        <source>Is this the time to the first token, per output token, or of the whole answer?</source>
        <translation>Ist das die Zeit bis zum ersten Token, je Ausgabe-Token oder der ganzen Antwort?</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>It answered after %1 and read the sample sentence.</source>
        <translation>Es antwortete nach %1 und las den Beispielsatz.</translation>
    </message>
    <message>
        <source>It answered after %1 but did not find the users of the sample sentence; another model may do better.</source>
        <translation>Es antwortete nach %1, fand aber die Nutzer des Beispielsatzes nicht; ein anderes Modell kann es vielleicht besser.</translation>
    </message>
    <message>
        <source>It appears as a use case of its own here and in the command line, as “%1”.</source>
        <translation>Sie erscheint als eigener Anwendungsfall hier und auf der Kommandozeile, als „%1“.</translation>
    </message>
    <message>
        <source>It replaces the rules of the use case of that name; removing the preset brings back what was shipped.</source>
        <translation>Sie ersetzt die Regeln des Anwendungsfalls dieses Namens; wird die Vorgabe entfernt, gilt wieder das Mitgelieferte.</translation>
    </message>
    <message>
        <source>KEDA ScaledObject</source>
        <translation>KEDA ScaledObject</translation>
    </message>
    <message>
        <source>KServe</source>
        <translation>KServe</translation>
    </message>
    <message>
        <source>KServe %1, vLLM %2</source>
        <translation>KServe %1, vLLM %2</translation>
    </message>
    <message>
        <source>KV bytes per token and GPU</source>
        <translation>KV-Bytes je Token und GPU</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>KV cache in use</source>
        <translation>KV-Cache in Gebrauch</translation>
    </message>
    <message>
        <source>KV cache of one replica</source>
        <translation>KV-Cache einer Replika</translation>
    </message>
    <message>
        <source>KV cache read</source>
        <translation>Lesen des KV-Caches</translation>
    </message>
    <message>
        <source>KV pool</source>
        <translation>KV-Pool</translation>
    </message>
    <message>
        <source>KV pool in use</source>
        <translation>KV-Pool in Gebrauch</translation>
    </message>
    <message>
        <source>KV pool used</source>
        <translation>KV-Pool belegt</translation>
    </message>
    <message>
        <source>KV pool, tokens</source>
        <translation>KV-Pool, Token</translation>
    </message>
    <message>
        <source>KV transfer</source>
        <translation>KV-Übertragung</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Keep what is observed as a measurement of this plan</source>
        <translation>Das Beobachtete als Messung dieses Plans behalten</translation>
    </message>
    <message>
        <source>Keyboard and Mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Kind of evidence that holds this test</source>
        <translation>Art von Belegen, zu der dieser Test gehört</translation>
    </message>
    <message>
        <source>Kind of model, GPU generation and precision of the weights</source>
        <translation>Art des Modells, GPU-Generation und Genauigkeit der Gewichte</translation>
    </message>
    <message>
        <source>Knee: %1</source>
        <translation>Knick: %1</translation>
    </message>
    <message>
        <source>Kubernetes objects</source>
        <translation>Kubernetes-Objekte</translation>
    </message>
    <message>
        <source>Kustomize base and overlay</source>
        <translation>Kustomize-Basis und -Overlay</translation>
    </message>
    <message>
        <source>Language Model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Large type, one option per screen (F5)</source>
        <translation>Große Schrift, eine Option je Bildschirm (F5)</translation>
    </message>
    <message>
        <source>Largest load within the targets, all replicas together</source>
        <translation>Größte Last innerhalb der Ziele, alle Replikas zusammen</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Latency and throughput under load</source>
        <translation>Latenz und Durchsatz unter Last</translation>
    </message>
    <message>
        <source>Latency at the peak load</source>
        <translation>Latenz bei Spitzenlast</translation>
    </message>
    <message>
        <source>Latency score</source>
        <translation>Latenzbewertung</translation>
    </message>
    <message>
        <source>Latency shown against the load</source>
        <translation>Über der Last gezeigte Latenz</translation>
    </message>
    <message>
        <source>Latency shown in the chart</source>
        <translation>Im Diagramm gezeigte Latenz</translation>
    </message>
    <message>
        <source>Latency targets</source>
        <translation>Latenzziele</translation>
    </message>
    <message>
        <source>Least quality, 0 to 100; models without published scores are left out</source>
        <translation>Mindestqualität, 0 bis 100; Modelle ohne veröffentlichte Werte fallen weg</translation>
    </message>
    <message>
        <source>Least replicas</source>
        <translation>Mindestzahl der Replikas</translation>
    </message>
    <message>
        <source>Leave this GPU out</source>
        <translation>Diese GPU auslassen</translation>
    </message>
    <message>
        <source>Left out.</source>
        <translation>Ausgelassen.</translation>
    </message>
    <message>
        <source>Left out; the plan keeps %1.</source>
        <translation>Ausgelassen; der Plan behält %1.</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>Let a &amp;language model propose fields of a description</source>
        <translation>Ein &amp;Sprachmodell Felder einer Beschreibung vorschlagen lassen</translation>
    </message>
    <message>
        <source>Let all engines predict this option once more</source>
        <translation>Alle Engines diese Option noch einmal vorhersagen lassen</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Likely causes</source>
        <translation>Wahrscheinliche Ursachen</translation>
    </message>
    <message>
        <source>Limit of %1; enter for example 300 ms or 1.5 s</source>
        <translation>Grenze von %1; zum Beispiel 300 ms oder 1.5 s eingeben</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Listing measurements</source>
        <translation>Messungen werden aufgelistet</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Load Presets</source>
        <translation>Vorgaben laden</translation>
    </message>
    <message>
        <source>Load Presets…</source>
        <translation>Vorgaben laden …</translation>
    </message>
    <message>
        <source>Load and capacity</source>
        <translation>Last und Kapazität</translation>
    </message>
    <message>
        <source>Load generator</source>
        <translation>Lastgenerator</translation>
    </message>
    <message>
        <source>Load on the deployment [requests/s]</source>
        <translation>Last auf dem Deployment [Anfragen/s]</translation>
    </message>
    <message>
        <source>Load points</source>
        <translation>Lastpunkte</translation>
    </message>
    <message>
        <source>Load that the engines predict</source>
        <translation>Last, die die Engines vorhersagen</translation>
    </message>
    <message>
        <source>Loaded the presets of %1.</source>
        <translation>Die Vorgaben von %1 sind geladen.</translation>
    </message>
    <message>
        <source>Local disk</source>
        <translation>Lokale Platte</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Logo of the Report</source>
        <translation>Logo des Berichts</translation>
    </message>
    <message>
        <source>Long documents</source>
        <translation>Lange Dokumente</translation>
    </message>
    <message>
        <source>Longest context that the model was made for, in tokens</source>
        <translation>Längster Kontext, für den das Modell gemacht ist, in Token</translation>
    </message>
    <message>
        <source>Longest prompt and output together that must be served (vLLM's max_model_len). Memory is planned for it.</source>
        <translation>Längste Summe aus Prompt und Ausgabe, die bedient werden muss (max_model_len von vLLM). Der Speicher wird darauf ausgelegt.</translation>
    </message>
    <message>
        <source>Longest request</source>
        <translation>Längste Anfrage</translation>
    </message>
    <message>
        <source>Look at a sample</source>
        <translation>Ein Beispiel ansehen</translation>
    </message>
    <message>
        <source>Look at the deployment files of an option and save them.</source>
        <translation>Die Deployment-Dateien einer Option ansehen und speichern.</translation>
    </message>
    <message>
        <source>Looking for measurements of this deployment …</source>
        <translation>Messungen dieses Deployments werden gesucht …</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Untergrenze</translation>
    </message>
    <message>
        <source>Lower end of the 90 % interval</source>
        <translation>Unteres Ende des 90-%-Intervalls</translation>
    </message>
    <message>
        <source>Lowest cost</source>
        <translation>Niedrigste Kosten</translation>
    </message>
    <message>
        <source>Lowest latency</source>
        <translation>Niedrigste Latenz</translation>
    </message>
    <message>
        <source>MLA</source>
        <translation>MLA</translation>
    </message>
    <message>
        <source>Manifests for several targets, checked before they are written, with what changed since the last export.</source>
        <translation>Manifeste für mehrere Ziele, vor dem Schreiben geprüft, mit den Änderungen seit dem letzten Export.</translation>
    </message>
    <message>
        <source>Mark two to five options in Explore: the box in front of a row, “Compare” in its menu, or Ctrl+D. Here they stand side by side: what differs first, their trade-offs in one chart, and why one is in front of the other.</source>
        <translation>In „Erkunden“ zwei bis fünf Optionen markieren: das Kästchen vor einer Zeile, „Vergleichen“ in ihrem Menü oder Strg+D. Hier stehen sie nebeneinander: zuerst die Unterschiede, ihre Abwägungen in einem Diagramm und warum eine vor der anderen liegt.</translation>
    </message>
    <message>
        <source>Matching measurements</source>
        <translation>Passende Messungen</translation>
    </message>
    <message>
        <source>Matrix arithmetic</source>
        <translation>Matrixrechnung</translation>
    </message>
    <message>
        <source>Max batched tokens</source>
        <translation>Max. Token je Batch</translation>
    </message>
    <message>
        <source>Max sequences</source>
        <translation>Max. Sequenzen</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mean error of runs that were left out</source>
        <translation>Mittlerer Fehler ausgelassener Läufe</translation>
    </message>
    <message>
        <source>Mean gap between two tokens of one answer (ITL, TPOT): how smoothly the text flows.</source>
        <translation>Mittlerer Abstand zweier Token einer Antwort (ITL, TPOT): wie flüssig der Text kommt.</translation>
    </message>
    <message>
        <source>Mean length of the answers</source>
        <translation>Mittlere Länge der Antworten</translation>
    </message>
    <message>
        <source>Mean length of the prompts</source>
        <translation>Mittlere Länge der Prompts</translation>
    </message>
    <message>
        <source>Mean load</source>
        <translation>Mittlere Last</translation>
    </message>
    <message>
        <source>Mean of predicted against measured: below zero the predictions are too low, that is too fast</source>
        <translation>Mittel aus Vorhersage gegen Messung: unter null sind die Vorhersagen zu niedrig, also zu schnell</translation>
    </message>
    <message>
        <source>Mean of the absolute errors</source>
        <translation>Mittel der absoluten Fehler</translation>
    </message>
    <message>
        <source>Mean rate</source>
        <translation>Mittlere Rate</translation>
    </message>
    <message>
        <source>Mean request rate</source>
        <translation>Mittlere Anfragerate</translation>
    </message>
    <message>
        <source>Mean time between tokens that was measured</source>
        <translation>Gemessene mittlere Zeit zwischen Token</translation>
    </message>
    <message>
        <source>Mean time of a whole request</source>
        <translation>Mittlere Zeit einer ganzen Anfrage</translation>
    </message>
    <message>
        <source>Mean time per output token after the first</source>
        <translation>Mittlere Zeit je Ausgabe-Token nach dem ersten</translation>
    </message>
    <message>
        <source>Mean time to first token</source>
        <translation>Mittlere Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Mean time to first token that was measured</source>
        <translation>Gemessene mittlere Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Mean tokens of a prompt, with system prompt, history and retrieved text.</source>
        <translation>Mittlere Zahl der Token eines Prompts, mit Systemprompt, Verlauf und gefundenem Text.</translation>
    </message>
    <message>
        <source>Mean tokens of an answer, with reasoning tokens if the model thinks aloud.</source>
        <translation>Mittlere Zahl der Token einer Antwort, mit Denk-Token, wenn das Modell laut denkt.</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>Messungen</translation>
    </message>
    <message>
        <source>Measurements compared</source>
        <translation>Verglichene Messungen</translation>
    </message>
    <message>
        <source>Measurements inside the 90 % interval; 90 would be exact, more is cautious, less is too sure</source>
        <translation>Messungen im 90-%-Intervall; 90 wäre genau, mehr ist vorsichtig, weniger zu sicher</translation>
    </message>
    <message>
        <source>Measurements: your reports and public ones, beside the plan and each other</source>
        <translation>Messungen: eigene Berichte und öffentliche, neben dem Plan und nebeneinander</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory at start-up</source>
        <translation>Speicher beim Start</translation>
    </message>
    <message>
        <source>Memory ledger</source>
        <translation>Speicherbilanz</translation>
    </message>
    <message>
        <source>Memory of the fullest GPU</source>
        <translation>Speicher der vollsten GPU</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>Millisekunden</translation>
    </message>
    <message>
        <source>Minimum replicas</source>
        <translation>Mindestzahl der Replikas</translation>
    </message>
    <message>
        <source>MoE</source>
        <translation>MoE</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model &amp;volume claim</source>
        <translation>Modell-&amp;Volume-Claim</translation>
    </message>
    <message>
        <source>Model cannot be split this way</source>
        <translation>Modell lässt sich so nicht aufteilen</translation>
    </message>
    <message>
        <source>Model, GPU or version that the report does not say</source>
        <translation>Modell, GPU oder Version, die der Bericht nicht nennt</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models of the catalog</source>
        <translation>Modelle des Katalogs</translation>
    </message>
    <message>
        <source>Models to consider</source>
        <translation>Zu betrachtende Modelle</translation>
    </message>
    <message>
        <source>Models, hardware and prices</source>
        <translation>Modelle, Hardware und Preise</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Monitor</translation>
    </message>
    <message>
        <source>More GPUs needed than allowed</source>
        <translation>Mehr GPUs nötig als erlaubt</translation>
    </message>
    <message>
        <source>More than %1 findings: select files to see theirs.</source>
        <translation>Mehr als %1 Befunde: Dateien wählen, um ihre zu sehen.</translation>
    </message>
    <message>
        <source>Most GPUs</source>
        <translation>Höchstzahl der GPUs</translation>
    </message>
    <message>
        <source>Move Left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move Right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>NVIDIA Dynamo</source>
        <translation>NVIDIA Dynamo</translation>
    </message>
    <message>
        <source>NVLink</source>
        <translation>NVLink</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>Name in der Datei</translation>
    </message>
    <message>
        <source>Name of the environment variable that holds a bearer token. The token itself is never stored.</source>
        <translation>Name der Umgebungsvariablen mit einem Bearer-Token. Das Token selbst wird nie gespeichert.</translation>
    </message>
    <message>
        <source>Name resolution: the model of the catalog that the scores will count for</source>
        <translation>Namensauflösung: das Modell des Katalogs, für das die Werte zählen werden</translation>
    </message>
    <message>
        <source>Near saturation: whether requests queue hangs on a few percent of the step time, so no interval is stated. Add a replica or plan more head-room if the latency has to hold.</source>
        <translation>Nahe der Sättigung: ob sich Anfragen stauen, hängt an wenigen Prozent der Schrittzeit; darum kein Intervall. Eine Replika hinzufügen oder mehr Reserve planen, wenn die Latenz halten muss.</translation>
    </message>
    <message>
        <source>Nearest candidate</source>
        <translation>Nächster Kandidat</translation>
    </message>
    <message>
        <source>Nearest miss</source>
        <translation>Knapp verfehlt</translation>
    </message>
    <message>
        <source>Nearest others and what they differ in</source>
        <translation>Die ähnlichsten anderen und worin sie abweichen</translation>
    </message>
    <message>
        <source>Need</source>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>Needs correction. %1</source>
        <translation>Braucht eine Korrektur. %1</translation>
    </message>
    <message>
        <source>Network &amp;domain label</source>
        <translation>Netzwerk&amp;domänen-Label</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New &amp;Window</source>
        <translation>Neues &amp;Fenster</translation>
    </message>
    <message>
        <source>New From Sa&amp;mple</source>
        <translation>Neu aus &amp;Beispiel</translation>
    </message>
    <message>
        <source>New plan from words</source>
        <translation>Neuer Plan aus Worten</translation>
    </message>
    <message>
        <source>New plan, step by step</source>
        <translation>Neuer Plan, Schritt für Schritt</translation>
    </message>
    <message>
        <source>New. From %1</source>
        <translation>Neu. Aus %1</translation>
    </message>
    <message>
        <source>Nine of ten errors are smaller</source>
        <translation>Neun von zehn Fehlern sind kleiner</translation>
    </message>
    <message>
        <source>No benchmark report was found in what you chose. Reports of llm-d-benchmark, inference-perf, GuideLLM, vLLM's bench serve, InferenceMAX and AIPerf can be imported, as files, folders or archives.</source>
        <translation>In der Auswahl fand sich kein Benchmark-Bericht. Berichte von llm-d-benchmark, inference-perf, GuideLLM, bench serve von vLLM, InferenceMAX und AIPerf lassen sich importieren, als Dateien, Ordner oder Archive.</translation>
    </message>
    <message>
        <source>No comparison of this engine is off by more than %1 on average.</source>
        <translation>Kein Vergleich dieser Engine liegt im Mittel um mehr als %1 daneben.</translation>
    </message>
    <message>
        <source>No configuration meets the targets. See why under “Refused”.</source>
        <translation>Keine Konfiguration erfüllt die Ziele. Warum, steht unter „Abgelehnt“.</translation>
    </message>
    <message>
        <source>No figures for this chart.</source>
        <translation>Keine Werte für dieses Diagramm.</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>Keine Befunde</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>Keine Befunde.</translation>
    </message>
    <message>
        <source>No issues</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>No issues.</source>
        <translation>Keine Probleme.</translation>
    </message>
    <message>
        <source>No lengths to show yet.</source>
        <translation>Noch keine Längen zu zeigen.</translation>
    </message>
    <message>
        <source>No load is within the targets.</source>
        <translation>Keine Last liegt innerhalb der Ziele.</translation>
    </message>
    <message>
        <source>No measurement matches. Drop benchmark reports, folders or archives on the window to import them.</source>
        <translation>Keine Messung passt. Zum Importieren Benchmark-Berichte, Ordner oder Archive im Fenster ablegen.</translation>
    </message>
    <message>
        <source>No measurement of this class was compared with engine “%1”: rely on its order of options more than on its figures.</source>
        <translation>Keine Messung dieser Klasse wurde mit der Engine „%1“ verglichen: ihrer Reihenfolge der Optionen mehr trauen als ihren Zahlen.</translation>
    </message>
    <message>
        <source>No measurements match.</source>
        <translation>Keine Messungen passen.</translation>
    </message>
    <message>
        <source>No option meets the targets.</source>
        <translation>Keine Option erfüllt die Ziele.</translation>
    </message>
    <message>
        <source>No option on any GPU type meets the targets.</source>
        <translation>Keine Option erfüllt die Ziele auf irgendeinem GPU-Typ.</translation>
    </message>
    <message>
        <source>No option passes the filters.</source>
        <translation>Keine Option passt zu den Filtern.</translation>
    </message>
    <message>
        <source>No option to show.</source>
        <translation>Keine Option zu zeigen.</translation>
    </message>
    <message>
        <source>No other option is tied with the best balanced one within the uncertainty of the figures.</source>
        <translation>Keine andere Option ist innerhalb der Unsicherheit der Zahlen mit der besten gleichauf.</translation>
    </message>
    <message>
        <source>No price for the GPU</source>
        <translation>Kein Preis für die GPU</translation>
    </message>
    <message>
        <source>No report was found yet.</source>
        <translation>Noch kein Bericht gefunden.</translation>
    </message>
    <message>
        <source>No run of the library teaches anything about engine “%1” yet. Import runs of vLLM with known model, GPU, topology, version and load; built-in measurements are no news, the engine was fitted to them.</source>
        <translation>Noch lehrt kein Lauf der Bibliothek etwas über die Engine „%1“. Läufe von vLLM mit bekanntem Modell, bekannter GPU, Topologie, Version und Last importieren; mitgelieferte Messungen sind nichts Neues, an sie wurde die Engine angepasst.</translation>
    </message>
    <message>
        <source>No run of the library teaches anything about this engine yet.</source>
        <translation>Noch lehrt kein Lauf der Bibliothek etwas über diese Engine.</translation>
    </message>
    <message>
        <source>No search yet.</source>
        <translation>Noch keine Suche.</translation>
    </message>
    <message>
        <source>No weight of this one makes another option the best</source>
        <translation>Kein Gewicht hiervon macht eine andere Option zur besten</translation>
    </message>
    <message>
        <source>Node label whose value all pods of one deployment share, such as topology.kubernetes.io/zone. Used where replicas span nodes or prompts are computed by other servers.</source>
        <translation>Knoten-Label, dessen Wert alle Pods eines Deployments teilen, etwa topology.kubernetes.io/zone. Genutzt, wo Replikas über Knoten reichen oder andere Server die Prompts berechnen.</translation>
    </message>
    <message>
        <source>Non-torch</source>
        <translation>Non-Torch</translation>
    </message>
    <message>
        <source>Non-torch memory</source>
        <translation>Non-Torch-Speicher</translation>
    </message>
    <message>
        <source>None of the options meets these targets.</source>
        <translation>Keine der Optionen erfüllt diese Ziele.</translation>
    </message>
    <message>
        <source>None, fixed replicas</source>
        <translation>Keiner, feste Replikas</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>Noch nicht gefragt.</translation>
    </message>
    <message>
        <source>Not enough GPU memory</source>
        <translation>Zu wenig GPU-Speicher</translation>
    </message>
    <message>
        <source>Not validated against measurements on any GPU.</source>
        <translation>Auf keiner GPU gegen Messungen geprüft.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Anmerkungen</translation>
    </message>
    <message>
        <source>Nothing is compared yet</source>
        <translation>Noch wird nichts verglichen</translation>
    </message>
    <message>
        <source>Nothing is described yet.</source>
        <translation>Noch ist nichts beschrieben.</translation>
    </message>
    <message>
        <source>Nothing is watched.

Give the address of the Prometheus that scrapes the deployment, or of its model servers, and press Start. The planner then compares what it observes with what it predicts for that load.</source>
        <translation>Nichts wird beobachtet.

Die Adresse des Prometheus angeben, der das Deployment abfragt, oder die seiner Modellserver, und „Starten“ drücken. Der Planner vergleicht dann, was er beobachtet, mit dem, was er für diese Last vorhersagt.</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>Noch wurde nichts verglichen.</translation>
    </message>
    <message>
        <source>Nothing was exported yet. After the first export, this shows what a change of the plan restarts and how to apply it.</source>
        <translation>Noch wurde nichts exportiert. Nach dem ersten Export steht hier, was eine Änderung des Plans neu startet und wie sie angewendet wird.</translation>
    </message>
    <message>
        <source>Nothing was found or corrected.</source>
        <translation>Nichts wurde gefunden oder korrigiert.</translation>
    </message>
    <message>
        <source>Nothing was missing: what a report states itself is not changed.</source>
        <translation>Nichts fehlte: was ein Bericht selbst angibt, bleibt unverändert.</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Nichts wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Observed against the 90 % interval of the prediction for the observed load</source>
        <translation>Beobachtet gegenüber dem 90-%-Intervall der Vorhersage für die beobachtete Last</translation>
    </message>
    <message>
        <source>Observed and predicted</source>
        <translation>Beobachtet und vorhergesagt</translation>
    </message>
    <message>
        <source>Observed figures come from the endpoint that you connect: rates and percentiles are computed from the counters and histograms of vLLM and the router. Predicted figures are the plan's engine at the observed load.</source>
        <translation>Beobachtete Werte kommen vom verbundenen Endpunkt: Raten und Perzentile sind aus den Zählern und Histogrammen von vLLM und Router berechnet. Vorhergesagte Werte sind die der Engine des Plans bei der beobachteten Last.</translation>
    </message>
    <message>
        <source>Of %1 combinations %2 meet every constraint. Each of the others is counted under the first constraint that it failed.</source>
        <translation>Von %1 Kombinationen erfüllen %2 jede Bedingung. Jede andere zählt unter der ersten Bedingung, an der sie scheiterte.</translation>
    </message>
    <message>
        <source>Of %1 usable memory, weights take %2 and the KV cache %3.</source>
        <translation>Von %1 nutzbarem Speicher nehmen die Gewichte %2 und der KV-Cache %3.</translation>
    </message>
    <message>
        <source>Of a rate the nearer end of the range from the trough to the peak of a planned day</source>
        <translation>Bei einer Rate das nähere Ende der Spanne vom Tal bis zur Spitze eines geplanten Tages</translation>
    </message>
    <message>
        <source>Of the measurement if the report says, else of its import</source>
        <translation>Der Messung, wenn der Bericht es sagt, sonst ihres Imports</translation>
    </message>
    <message>
        <source>Of the step, or of the time to the first token. Work that overlaps with other work has no share: its time is what it would take alone</source>
        <translation>Anteil am Schritt oder an der Zeit bis zum ersten Token. Mit anderer Arbeit überlappte Arbeit hat keinen Anteil: ihre Zeit ist die, die sie allein brauchte</translation>
    </message>
    <message>
        <source>Of the weights</source>
        <translation>Der Gewichte</translation>
    </message>
    <message>
        <source>Off. The rules above need no language model.</source>
        <translation>Aus. Die Regeln oben brauchen kein Sprachmodell.</translation>
    </message>
    <message>
        <source>Once there are options under Explore, this says what is known about the kind of the selected one.</source>
        <translation>Sobald es unter „Erkunden“ Optionen gibt, steht hier, was über die Art der gewählten bekannt ist.</translation>
    </message>
    <message>
        <source>One decode step</source>
        <translation>Ein Decode-Schritt</translation>
    </message>
    <message>
        <source>One more to compare it with</source>
        <translation>Noch eine zum Vergleichen</translation>
    </message>
    <message>
        <source>One pod of the model servers</source>
        <translation>Ein Pod der Modellserver</translation>
    </message>
    <message>
        <source>One question is still open; its words changed nothing.</source>
        <translation>Eine Frage ist noch offen; ihre Wörter haben nichts geändert.</translation>
    </message>
    <message>
        <source>One user</source>
        <translation>Ein Nutzer</translation>
    </message>
    <message>
        <source>Only %1 of %2 models are considered.</source>
        <translation>Nur %1 von %2 Modellen werden betrachtet.</translation>
    </message>
    <message>
        <source>Only the %1 checked GPUs are considered.</source>
        <translation>Nur die %1 angekreuzten GPUs werden betrachtet.</translation>
    </message>
    <message>
        <source>Only the checked GPU is considered.</source>
        <translation>Nur die angekreuzte GPU wird betrachtet.</translation>
    </message>
    <message>
        <source>Only this GPU</source>
        <translation>Nur diese GPU</translation>
    </message>
    <message>
        <source>Only this model</source>
        <translation>Nur dieses Modell</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open Plan</source>
        <translation>Plan öffnen</translation>
    </message>
    <message>
        <source>Open a plan or a spec…</source>
        <translation>Einen Plan oder eine Spec öffnen …</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open loop</source>
        <translation>Offener Kreis</translation>
    </message>
    <message>
        <source>Open loop, GPU unknown to the fit</source>
        <translation>Offener Kreis, GPU der Anpassung unbekannt</translation>
    </message>
    <message>
        <source>Open loop, model unknown to the fit</source>
        <translation>Offener Kreis, Modell der Anpassung unbekannt</translation>
    </message>
    <message>
        <source>Open question</source>
        <translation>Offene Frage</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Option id</source>
        <translation>Id der Option</translation>
    </message>
    <message>
        <source>Order of the options</source>
        <translation>Reihenfolge der Optionen</translation>
    </message>
    <message>
        <source>Other GPUs</source>
        <translation>Andere GPUs</translation>
    </message>
    <message>
        <source>Other settings on the same hardware are at least as good</source>
        <translation>Andere Einstellungen auf derselben Hardware sind mindestens so gut</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Output at the peak</source>
        <translation>Ausgabe bei Spitzenlast</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>Ausgabekopf</translation>
    </message>
    <message>
        <source>Output length</source>
        <translation>Ausgabelänge</translation>
    </message>
    <message>
        <source>Output per GPU</source>
        <translation>Ausgabe je GPU</translation>
    </message>
    <message>
        <source>Output per GPU [tokens/s]</source>
        <translation>Ausgabe je GPU [Token/s]</translation>
    </message>
    <message>
        <source>Output per user</source>
        <translation>Ausgabe je Nutzer</translation>
    </message>
    <message>
        <source>Output per user [tokens/s]</source>
        <translation>Ausgabe je Nutzer [Token/s]</translation>
    </message>
    <message>
        <source>Output rate</source>
        <translation>Ausgaberate</translation>
    </message>
    <message>
        <source>Output tokens per second of all users</source>
        <translation>Ausgabe-Token je Sekunde aller Nutzer</translation>
    </message>
    <message>
        <source>Output variation</source>
        <translation>Streuung der Ausgabe</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Outside the targets</source>
        <translation>Außerhalb der Ziele</translation>
    </message>
    <message>
        <source>Outside what the engine can predict</source>
        <translation>Außerhalb dessen, was die Engine vorhersagen kann</translation>
    </message>
    <message>
        <source>Over budget</source>
        <translation>Über dem Budget</translation>
    </message>
    <message>
        <source>Over the window that is compared</source>
        <translation>Über das verglichene Fenster</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Own GPUs</source>
        <translation>Eigene GPUs</translation>
    </message>
    <message>
        <source>P/D %1 → %2</source>
        <translation>P/D %1 → %2</translation>
    </message>
    <message>
        <source>P/D Capacity</source>
        <translation>P/D-Kapazität</translation>
    </message>
    <message>
        <source>P/D Split</source>
        <translation>P/D-Aufteilung</translation>
    </message>
    <message>
        <source>PCIe, %1 GB/s</source>
        <translation>PCIe, %1 GB/s</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)</source>
        <translation>PNG-Bild (*.png);;SVG-Zeichnung (*.svg);;PDF-Dokument (*.pdf)</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Page, command, field, model, GPU or option</source>
        <translation>Seite, Befehl, Feld, Modell, GPU oder Option</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Parameters that one token passes through</source>
        <translation>Parameter, durch die ein Token geht</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Parts of the time</source>
        <translation>Teile der Zeit</translation>
    </message>
    <message>
        <source>Peak %1</source>
        <translation>Spitze %1</translation>
    </message>
    <message>
        <source>Peak factor</source>
        <translation>Spitzenfaktor</translation>
    </message>
    <message>
        <source>Peak load</source>
        <translation>Spitzenlast</translation>
    </message>
    <message>
        <source>Peak rate</source>
        <translation>Spitzenrate</translation>
    </message>
    <message>
        <source>Peak rate, which plans are sized for</source>
        <translation>Spitzenrate, auf die Pläne ausgelegt werden</translation>
    </message>
    <message>
        <source>People who use the service, whether active at the moment or not. “5k” and “1.2M” are understood.</source>
        <translation>Personen, die den Dienst nutzen, ob gerade aktiv oder nicht. „5k“ und „1.2M“ werden verstanden.</translation>
    </message>
    <message>
        <source>Per layer</source>
        <translation>Je Schicht</translation>
    </message>
    <message>
        <source>Per node</source>
        <translation>Je Knoten</translation>
    </message>
    <message>
        <source>Per step</source>
        <translation>Je Schritt</translation>
    </message>
    <message>
        <source>Percentile of %1</source>
        <translation>Perzentil von %1</translation>
    </message>
    <message>
        <source>PersistentVolumeClaim that keeps the downloaded model; all pods must be able to mount it at once.</source>
        <translation>PersistentVolumeClaim, der das geladene Modell aufbewahrt; alle Pods müssen es zugleich einhängen können.</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg)</source>
        <translation>Bilder (*.png *.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Place in the current view; a tick puts the option on the Compare page, the star marks the plan that will be exported</source>
        <translation>Platz in der aktuellen Sicht; ein Häkchen bringt die Option auf die Seite „Vergleichen“, der Stern markiert den Plan für den Export</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Plan again for what is observed, and say what to change</source>
        <translation>Für das Beobachtete neu planen und sagen, was zu ändern ist</translation>
    </message>
    <message>
        <source>Plan: %1</source>
        <translation>Plan: %1</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Planned peak: %1</source>
        <translation>Geplante Spitze: %1</translation>
    </message>
    <message>
        <source>Planned: the share of the role's derate</source>
        <translation>Geplant: der Anteil nach Abschlag der Rolle</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>Planning for what is observed</source>
        <translation>Planung für das Beobachtete läuft</translation>
    </message>
    <message>
        <source>Plans (*.llmdplan)</source>
        <translation>Pläne (*.llmdplan)</translation>
    </message>
    <message>
        <source>Plans how to serve a language model with llm-d.</source>
        <translation>Plant, wie ein Sprachmodell mit llm-d läuft.</translation>
    </message>
    <message>
        <source>Plans that cost more in a month of 730 hours are refused. Empty means no limit.</source>
        <translation>Pläne, die in einem Monat von 730 Stunden mehr kosten, werden abgelehnt. Leer heißt keine Grenze.</translation>
    </message>
    <message>
        <source>Plans that state no price list or no versions of their own follow these, at once.</source>
        <translation>Pläne ohne eigene Preisliste oder eigene Versionen folgen diesen sofort.</translation>
    </message>
    <message>
        <source>Plans that you open or save appear here.</source>
        <translation>Geöffnete und gespeicherte Pläne erscheinen hier.</translation>
    </message>
    <message>
        <source>Plans use at most the %1 that you have.</source>
        <translation>Pläne nutzen höchstens die vorhandenen %1.</translation>
    </message>
    <message>
        <source>Plans use the one that you have.</source>
        <translation>Pläne nutzen die eine vorhandene.</translation>
    </message>
    <message>
        <source>Plans with more GPUs are refused. Empty means no limit.</source>
        <translation>Pläne mit mehr GPUs werden abgelehnt. Leer heißt keine Grenze.</translation>
    </message>
    <message>
        <source>Plans, requirements or specs to open, each in a window of its own.</source>
        <translation>Zu öffnende Pläne, Anforderungen oder Specs, jeweils in einem eigenen Fenster.</translation>
    </message>
    <message>
        <source>Plans, requirements, specs and sweeps (*.llmdplan *.yaml *.yml *.json);;All files (*)</source>
        <translation>Pläne, Anforderungen, Specs und Sweeps (*.llmdplan *.yaml *.yml *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Points of equal model, GPU, topology, version, load generator and folder become one curve</source>
        <translation>Punkte mit gleichem Modell, gleicher GPU, Topologie, Version, gleichem Lastgenerator und Ordner werden eine Kurve</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Precision of the linear weights</source>
        <translation>Genauigkeit der linearen Gewichte</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Predicted for the observed load</source>
        <translation>Für die beobachtete Last vorhergesagt</translation>
    </message>
    <message>
        <source>Predicting…</source>
        <translation>Vorhersage läuft …</translation>
    </message>
    <message>
        <source>Prediction of the plan for the load it was made for</source>
        <translation>Vorhersage des Plans für die Last, für die er gemacht wurde</translation>
    </message>
    <message>
        <source>Predictions of every engine</source>
        <translation>Vorhersagen jeder Engine</translation>
    </message>
    <message>
        <source>Predictions of this class were close to what was measured.</source>
        <translation>Vorhersagen dieser Klasse lagen nahe am Gemessenen.</translation>
    </message>
    <message>
        <source>Predictions of this class were fair: leave some head-room.</source>
        <translation>Vorhersagen dieser Klasse waren brauchbar: etwas Reserve lassen.</translation>
    </message>
    <message>
        <source>Predictions of this class were poor for some figures: measure before you rely on them.</source>
        <translation>Vorhersagen dieser Klasse waren bei manchen Werten schlecht: messen, bevor man sich darauf verlässt.</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>Prefill and decode apart</source>
        <translation>Prefill und Decode getrennt</translation>
    </message>
    <message>
        <source>Prefill and decode servers</source>
        <translation>Prefill- und Decode-Server</translation>
    </message>
    <message>
        <source>Prefill busy</source>
        <translation>Prefill ausgelastet</translation>
    </message>
    <message>
        <source>Prefill servers</source>
        <translation>Prefill-Server</translation>
    </message>
    <message>
        <source>Prefix cache</source>
        <translation>Prefix-Cache</translation>
    </message>
    <message>
        <source>Prefix cache hits</source>
        <translation>Treffer im Prefix-Cache</translation>
    </message>
    <message>
        <source>Prefix caching</source>
        <translation>Prefix-Caching</translation>
    </message>
    <message>
        <source>Prefix groups</source>
        <translation>Präfixgruppen</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Präsentieren</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Preisliste</translation>
    </message>
    <message>
        <source>Price list and prices</source>
        <translation>Preisliste und Preise</translation>
    </message>
    <message>
        <source>Price list × GPUs × 730 hours</source>
        <translation>Preisliste × GPUs × 730 Stunden</translation>
    </message>
    <message>
        <source>Price of one GPU for an hour; type your own, empty the cell to go back to the list</source>
        <translation>Preis einer GPU je Stunde; eigenen eintippen oder die Zelle leeren, um zur Liste zurückzukehren</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Preise</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drucken …</translation>
    </message>
    <message>
        <source>Priorities</source>
        <translation>Prioritäten</translation>
    </message>
    <message>
        <source>Priorities, reserve and versions</source>
        <translation>Prioritäten, Reserve und Versionen</translation>
    </message>
    <message>
        <source>Priorities: cost, latency, quality, simplicity</source>
        <translation>Prioritäten: Kosten, Latenz, Qualität, Einfachheit</translation>
    </message>
    <message>
        <source>Progress of the calibration</source>
        <translation>Fortschritt der Kalibrierung</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation>Fortschritt der laufenden Arbeit</translation>
    </message>
    <message>
        <source>Prometheus</source>
        <translation>Prometheus</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Prompt and output</source>
        <translation>Prompt und Ausgabe</translation>
    </message>
    <message>
        <source>Prompt length</source>
        <translation>Promptlänge</translation>
    </message>
    <message>
        <source>Prompt tokens found in the prefix cache</source>
        <translation>Im Prefix-Cache gefundene Prompt-Token</translation>
    </message>
    <message>
        <source>Prompt variation</source>
        <translation>Streuung der Prompts</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Prompts from</source>
        <translation>Prompts aus</translation>
    </message>
    <message>
        <source>Prompts: mean %1, 95 of 100 up to %2 tokens. Outputs: mean %3, 95 of 100 up to %4 tokens.</source>
        <translation>Prompts: im Mittel %1, 95 von 100 bis %2 Token. Ausgaben: im Mittel %3, 95 von 100 bis %4 Token.</translation>
    </message>
    <message>
        <source>Properties of the compared options, those that differ first</source>
        <translation>Eigenschaften der verglichenen Optionen, die verschiedenen zuerst</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Eigenschaft</translation>
    </message>
    <message>
        <source>Published benchmark scores that the quality score can use</source>
        <translation>Veröffentlichte Benchmark-Werte, die die Qualitätsbewertung nutzen kann</translation>
    </message>
    <message>
        <source>Published benchmark scores, weighed for the use case; each leads to its source. Scores of your own take the place of published ones.</source>
        <translation>Veröffentlichte Benchmark-Werte, für den Anwendungsfall gewichtet; jeder führt zu seiner Quelle. Eigene Werte treten an die Stelle veröffentlichter.</translation>
    </message>
    <message>
        <source>Published by</source>
        <translation>Veröffentlicht von</translation>
    </message>
    <message>
        <source>Published scores of the model for this use case.</source>
        <translation>Veröffentlichte Werte des Modells für diesen Anwendungsfall.</translation>
    </message>
    <message>
        <source>Put the selected option on the Compare page or take it off</source>
        <translation>Die gewählte Option auf die Seite „Vergleichen“ bringen oder von dort nehmen</translation>
    </message>
    <message>
        <source>Put two to five options side by side: differences first, ready to print or to present.</source>
        <translation>Zwei bis fünf Optionen nebeneinander: Unterschiede zuerst, bereit zum Drucken oder Präsentieren.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quality data</source>
        <translation>Qualitätsdaten</translation>
    </message>
    <message>
        <source>Queueing</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>RDMA (InfiniBand or RoCE)</source>
        <translation>RDMA (InfiniBand oder RoCE)</translation>
    </message>
    <message>
        <source>Ranked &amp;options</source>
        <translation>Geordnete &amp;Optionen</translation>
    </message>
    <message>
        <source>Ranked configurations and their trade-offs</source>
        <translation>Geordnete Konfigurationen und ihre Abwägungen</translation>
    </message>
    <message>
        <source>Ranked options</source>
        <translation>Geordnete Optionen</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Ray %1 with vLLM %2 inside</source>
        <translation>Ray %1 mit vLLM %2 darin</translation>
    </message>
    <message>
        <source>Ray Serve</source>
        <translation>Ray Serve</translation>
    </message>
    <message>
        <source>Re&amp;store</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Reading metrics</source>
        <translation>Metriken werden gelesen</translation>
    </message>
    <message>
        <source>Reading reports</source>
        <translation>Berichte werden gelesen</translation>
    </message>
    <message>
        <source>Reading scores</source>
        <translation>Werte werden gelesen</translation>
    </message>
    <message>
        <source>Reading the answer</source>
        <translation>Antwort wird gelesen</translation>
    </message>
    <message>
        <source>Reading the description</source>
        <translation>Beschreibung wird gelesen</translation>
    </message>
    <message>
        <source>Reading the report</source>
        <translation>Bericht wird gelesen</translation>
    </message>
    <message>
        <source>Reading what was chosen …</source>
        <translation>Die Auswahl wird gelesen …</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recent &amp;plans</source>
        <translation>Letzte &amp;Pläne</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>Letzte Pläne</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Refused. %1</source>
        <translation>Abgelehnt. %1</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Remove From Comparison</source>
        <translation>Aus dem Vergleich nehmen</translation>
    </message>
    <message>
        <source>Remove added model</source>
        <translation>Hinzugefügtes Modell entfernen</translation>
    </message>
    <message>
        <source>Remove this message</source>
        <translation>Diese Meldung entfernen</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Removing measurements</source>
        <translation>Messungen werden entfernt</translation>
    </message>
    <message>
        <source>Reorder Comparison</source>
        <translation>Vergleich umordnen</translation>
    </message>
    <message>
        <source>Repeating prompts</source>
        <translation>Wiederkehrende Prompts</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replikas</translation>
    </message>
    <message>
        <source>Replicas × parallelism of each: TP tensor, PP pipeline</source>
        <translation>Replikas × Parallelität je Replika: TP Tensor, PP Pipeline</translation>
    </message>
    <message>
        <source>Reports and archives (*.yaml *.yml *.json *.csv *.zip *.tar *.gz *.tgz *.zst *.xz *.db);;All files (*)</source>
        <translation>Berichte und Archive (*.yaml *.yml *.json *.csv *.zip *.tar *.gz *.tgz *.zst *.xz *.db);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reports, folders and archives; they can also be dropped on the window</source>
        <translation>Berichte, Ordner und Archive; sie lassen sich auch im Fenster ablegen</translation>
    </message>
    <message>
        <source>Request loss: %1</source>
        <translation>Verlorene Anfragen: %1</translation>
    </message>
    <message>
        <source>Request rate</source>
        <translation>Anfragerate</translation>
    </message>
    <message>
        <source>Request timeout</source>
        <translation>Zeitgrenze der Anfrage</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Requests arrive at a given rate, as they do in production. The coefficients were fitted to these runs.</source>
        <translation>Anfragen kommen mit einer gegebenen Rate wie im Betrieb. An diese Läufe wurden die Koeffizienten angepasst.</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>Anfragen zugleich</translation>
    </message>
    <message>
        <source>Requests of all users together, averaged over the day: “12.5/s”, “300/min”, “1M/day”.</source>
        <translation>Anfragen aller Nutzer zusammen, über den Tag gemittelt: „12.5/s“, „300/min“, „1M/day“.</translation>
    </message>
    <message>
        <source>Requests that were sent per second; none if the load was a number of requests at once</source>
        <translation>Je Sekunde gesendete Anfragen; keine, wenn die Last eine Zahl gleichzeitiger Anfragen war</translation>
    </message>
    <message>
        <source>Requests that were under way at once</source>
        <translation>Anfragen, die zugleich unterwegs waren</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>Research and legal analysis</source>
        <translation>Forschung und Rechtsanalyse</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset %1 to the default</source>
        <translation>%1 auf den Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Reset &amp;All</source>
        <translation>&amp;Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Reset Columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset Priorities</source>
        <translation>Prioritäten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset my prices</source>
        <translation>Eigene Preise zurücksetzen</translation>
    </message>
    <message>
        <source>Reset the priorities</source>
        <translation>Prioritäten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to the default</source>
        <translation>Auf den Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to the use case</source>
        <translation>Auf den Anwendungsfall zurücksetzen</translation>
    </message>
    <message>
        <source>Resource of the RDMA device plugin, asked for where data leaves a node by RDMA.</source>
        <translation>Ressource des RDMA-Device-Plugins, verlangt, wo Daten einen Knoten per RDMA verlassen.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Restoring measurements</source>
        <translation>Messungen werden wiederhergestellt</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Überprüfung</translation>
    </message>
    <message>
        <source>Review Report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Roofline</source>
        <translation>Roofline</translation>
    </message>
    <message>
        <source>Routed experts</source>
        <translation>Geroutete Experten</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Router configuration</source>
        <translation>Router-Konfiguration</translation>
    </message>
    <message>
        <source>Router scores by</source>
        <translation>Router bewertet nach</translation>
    </message>
    <message>
        <source>Router weights, by simulation</source>
        <translation>Router-Gewichte, durch Simulation</translation>
    </message>
    <message>
        <source>Rules of use cases (*.yaml *.yml)</source>
        <translation>Regeln von Anwendungsfällen (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Rules of use cases (*.yaml)</source>
        <translation>Regeln von Anwendungsfällen (*.yaml)</translation>
    </message>
    <message>
        <source>Rules of your own organisation: saved from what you state here, shared as a file, used by both programs (--use-cases FILE).</source>
        <translation>Regeln der eigenen Organisation: gespeichert aus den Angaben hier, als Datei weitergegeben, von beiden Programmen genutzt (--use-cases FILE).</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Running per replica</source>
        <translation>Laufend je Replika</translation>
    </message>
    <message>
        <source>Running per server</source>
        <translation>Laufend je Server</translation>
    </message>
    <message>
        <source>Running sequences of a replica as a share of max_num_seqs</source>
        <translation>Laufende Sequenzen einer Replika als Anteil von max_num_seqs</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs that teach nothing</source>
        <translation>Läufe, die nichts lehren</translation>
    </message>
    <message>
        <source>Runs: measured, raw and calibrated</source>
        <translation>Läufe: gemessen, roh und kalibriert</translation>
    </message>
    <message>
        <source>S&amp;uggest a Change</source>
        <translation>Ä&amp;nderung vorschlagen</translation>
    </message>
    <message>
        <source>SGLang and TensorRT-LLM on the same GPUs: the engines describe vLLM, so these say how different others are.</source>
        <translation>SGLang und TensorRT-LLM auf denselben GPUs: die Engines beschreiben vLLM, also zeigt das, wie verschieden andere sind.</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Saturated: more arrives than can be served, so latencies grow as long as the load lasts. Add replicas, choose a larger option or lower the peak load.</source>
        <translation>Gesättigt: es kommt mehr an, als bedient werden kann, also wachsen die Latenzen, solange die Last anhält. Replikas hinzufügen, eine größere Option wählen oder die Spitzenlast senken.</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Save All Presets</source>
        <translation>Alle Vorgaben speichern</translation>
    </message>
    <message>
        <source>Save All Presets to a File…</source>
        <translation>Alle Vorgaben in eine Datei speichern …</translation>
    </message>
    <message>
        <source>Save Comparison</source>
        <translation>Vergleich speichern</translation>
    </message>
    <message>
        <source>Save Image</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save Image…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>PDF speichern …</translation>
    </message>
    <message>
        <source>Save Plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Save Re&amp;view Report…</source>
        <translation>&amp;Prüfbericht speichern …</translation>
    </message>
    <message>
        <source>Save Review Report</source>
        <translation>Prüfbericht speichern</translation>
    </message>
    <message>
        <source>Save as &amp;archive…</source>
        <translation>Als &amp;Archiv speichern …</translation>
    </message>
    <message>
        <source>Save as Preset</source>
        <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
        <source>Save as Preset…</source>
        <translation>Als Vorgabe speichern …</translation>
    </message>
    <message>
        <source>Save the deployment files as an archive</source>
        <translation>Die Deployment-Dateien als Archiv speichern</translation>
    </message>
    <message>
        <source>Save the deployment files to a folder</source>
        <translation>Die Deployment-Dateien in einen Ordner speichern</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message>
        <source>Saving the deployment files</source>
        <translation>Deployment-Dateien werden gespeichert</translation>
    </message>
    <message>
        <source>Say in a sentence or two what you need; it is turned into figures.</source>
        <translation>In ein, zwei Sätzen sagen, was gebraucht wird; daraus werden Zahlen.</translation>
    </message>
    <message>
        <source>Say in your own words what is needed: who uses it and how many, how fast it has to be, what may be spent, which hardware and models. English, German and Chinese are read on this computer.</source>
        <translation>In eigenen Worten sagen, was gebraucht wird: wer es nutzt und wie viele, wie schnell es sein muss, was es kosten darf, welche Hardware und Modelle. Englisch, Deutsch und Chinesisch werden auf diesem Rechner gelesen.</translation>
    </message>
    <message>
        <source>Say this in words below, please.</source>
        <translation>Bitte unten in Worten angeben.</translation>
    </message>
    <message>
        <source>Scaling and routing</source>
        <translation>Skalierung und Routing</translation>
    </message>
    <message>
        <source>Scheduler settings, by simulation</source>
        <translation>Scheduler-Einstellungen, durch Simulation</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Scores (0 to 100)</source>
        <translation>Bewertungen (0 bis 100)</translation>
    </message>
    <message>
        <source>Scores behind the quality of each model</source>
        <translation>Werte hinter der Qualität jedes Modells</translation>
    </message>
    <message>
        <source>Scores of %1</source>
        <translation>Werte von %1</translation>
    </message>
    <message>
        <source>Scores of %1, of which this variant keeps %2</source>
        <translation>Werte von %1, von denen diese Variante %2 behält</translation>
    </message>
    <message>
        <source>Scores of the file</source>
        <translation>Werte der Datei</translation>
    </message>
    <message>
        <source>Scores or results of an evaluation (*.csv *.json);;All files (*)</source>
        <translation>Werte oder Ergebnisse einer Auswertung (*.csv *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>In Dokumenten suchen</translation>
    </message>
    <message>
        <source>Search model, GPU, description, file</source>
        <translation>Modell, GPU, Beschreibung, Datei suchen</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Searching configurations</source>
        <translation>Konfigurationen werden gesucht</translation>
    </message>
    <message>
        <source>Searching configurations…</source>
        <translation>Konfigurationen werden gesucht …</translation>
    </message>
    <message>
        <source>Searching for options…</source>
        <translation>Optionen werden gesucht …</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Second opinion of a language model</source>
        <translation>Zweite Meinung eines Sprachmodells</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Seconds or milliseconds?</source>
        <translation>Sekunden oder Millisekunden?</translation>
    </message>
    <message>
        <source>Secret with the key HF_TOKEN, needed for models that ask for a licence; it is never written by us.</source>
        <translation>Secret mit dem Schlüssel HF_TOKEN, nötig für Modelle, die eine Lizenz verlangen; es wird nie von uns geschrieben.</translation>
    </message>
    <message>
        <source>Secret with which the nodes pull the images.</source>
        <translation>Secret, mit dem die Knoten die Images laden.</translation>
    </message>
    <message>
        <source>See every option</source>
        <translation>Jede Option sehen</translation>
    </message>
    <message>
        <source>Select a measurement to see what was served, under which load, and what came out.</source>
        <translation>Eine Messung wählen, um zu sehen, was unter welcher Last bedient wurde und was herauskam.</translation>
    </message>
    <message>
        <source>Select an option in the table or in a chart.</source>
        <translation>Eine Option in der Tabelle oder in einem Diagramm wählen.</translation>
    </message>
    <message>
        <source>Select an option in the table or in the chart.</source>
        <translation>Eine Option in der Tabelle oder im Diagramm wählen.</translation>
    </message>
    <message>
        <source>Selected measurements: %1. What a report states itself is not changed; what you add is marked as added by hand.</source>
        <translation>Ausgewählte Messungen: %1. Was ein Bericht selbst angibt, bleibt unverändert; was hinzukommt, wird als von Hand ergänzt gekennzeichnet.</translation>
    </message>
    <message>
        <source>Selected option under load</source>
        <translation>Gewählte Option unter Last</translation>
    </message>
    <message>
        <source>Sends the text to %1 at %2.</source>
        <translation>Sendet den Text an %1 bei %2.</translation>
    </message>
    <message>
        <source>Sends this sentence: %1</source>
        <translation>Sendet diesen Satz: %1</translation>
    </message>
    <message>
        <source>Sequences of full length at once</source>
        <translation>Sequenzen voller Länge zugleich</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>Bedient</translation>
    </message>
    <message>
        <source>Served [requests/s]</source>
        <translation>Bedient [Anfragen/s]</translation>
    </message>
    <message>
        <source>Served without a growing queue: up to %1. Knee: %2.</source>
        <translation>Ohne wachsende Schlange bedient: bis %1. Knick: %2.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Servers of the role</source>
        <translation>Server der Rolle</translation>
    </message>
    <message>
        <source>Servers that run even without load. 2 or more survive the loss of one.</source>
        <translation>Server, die auch ohne Last laufen. 2 oder mehr überstehen den Ausfall von einem.</translation>
    </message>
    <message>
        <source>Servers' /metrics</source>
        <translation>/metrics der Server</translation>
    </message>
    <message>
        <source>Serving plan</source>
        <translation>Serving-Plan</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings of the language model</source>
        <translation>Einstellungen des Sprachmodells</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share Runs</source>
        <translation>Läufe teilen</translation>
    </message>
    <message>
        <source>Share of the KV cache in use at the peak load</source>
        <translation>Anteil des KV-Caches, der bei Spitzenlast belegt ist</translation>
    </message>
    <message>
        <source>Share of the capacity that stays free at the peak, for growth, retries and uneven routing.</source>
        <translation>Anteil der Kapazität, der bei Spitzenlast frei bleibt: für Wachstum, Wiederholungen und ungleiches Routing.</translation>
    </message>
    <message>
        <source>Share of the other models with a score of this test that have a lower one</source>
        <translation>Anteil der anderen Modelle mit einem Wert dieses Tests, die darunter liegen</translation>
    </message>
    <message>
        <source>Share of the requests that were answered</source>
        <translation>Anteil der beantworteten Anfragen</translation>
    </message>
    <message>
        <source>Share of the weights for which the model has a score; below 60 % there is “no data”</source>
        <translation>Anteil der Gewichte, für die das Modell einen Wert hat; unter 60 % steht „keine Daten“</translation>
    </message>
    <message>
        <source>Share within targets</source>
        <translation>Anteil innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Shared experts, router</source>
        <translation>Gemeinsame Experten, Router</translation>
    </message>
    <message>
        <source>Shared prefix</source>
        <translation>Gemeinsames Präfix</translation>
    </message>
    <message>
        <source>Shift+F1 explains what you click next. Ctrl+K finds everything.</source>
        <translation>Umschalt+F1 erklärt, was als Nächstes angeklickt wird. Strg+K findet alles.</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>Short of %1 per GPU. %2</source>
        <translation>Es fehlen %1 je GPU. %2</translation>
    </message>
    <message>
        <source>Short summaries</source>
        <translation>Kurze Zusammenfassungen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Show Everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show Evidence…</source>
        <translation>Belege zeigen …</translation>
    </message>
    <message>
        <source>Show Reasons</source>
        <translation>Gründe zeigen</translation>
    </message>
    <message>
        <source>Show as Table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Show everything (Home)</source>
        <translation>Alles zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>In „Erkunden“ zeigen</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>Rundgang zeigen</translation>
    </message>
    <message>
        <source>Show the to&amp;ur</source>
        <translation>&amp;Rundgang zeigen</translation>
    </message>
    <message>
        <source>Show this page first.</source>
        <translation>Diese Seite zuerst zeigen.</translation>
    </message>
    <message>
        <source>Show why the best of the present view is in front of this option</source>
        <translation>Zeigen, warum die beste der aktuellen Sicht vor dieser Option liegt</translation>
    </message>
    <message>
        <source>Simplest</source>
        <translation>Einfachste</translation>
    </message>
    <message>
        <source>Simplicity</source>
        <translation>Einfachheit</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>Simulation</translation>
    </message>
    <message>
        <source>Since the change, or over the last windows</source>
        <translation>Seit der Änderung oder über die letzten Fenster</translation>
    </message>
    <message>
        <source>Something Else…</source>
        <translation>Etwas anderes …</translation>
    </message>
    <message>
        <source>Something was not found</source>
        <translation>Etwas wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Stable id, as the command line takes it</source>
        <translation>Feste Id, wie die Kommandozeile sie nimmt</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Standard deviation of the output length as a share of its mean; 0 means that all are equally long.</source>
        <translation>Standardabweichung der Ausgabelänge als Anteil ihres Mittels; 0 heißt, dass alle gleich lang sind.</translation>
    </message>
    <message>
        <source>Standard deviation of the prompt length as a share of its mean; 0 means that all are equally long.</source>
        <translation>Standardabweichung der Promptlänge als Anteil ihres Mittels; 0 heißt, dass alle gleich lang sind.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>State the need</source>
        <translation>Bedarf angeben</translation>
    </message>
    <message>
        <source>State the number of users</source>
        <translation>Zahl der Nutzer angeben</translation>
    </message>
    <message>
        <source>State the request rate</source>
        <translation>Anfragerate angeben</translation>
    </message>
    <message>
        <source>State what has to be served. Steps can be visited in any order and there is nothing to apply: each change is part of the plan at once and can be undone. A field that you leave empty is derived from the use case.</source>
        <translation>Angeben, was bedient werden soll. Die Reihenfolge der Schritte ist frei, und nichts muss übernommen werden: jede Änderung gehört sofort zum Plan und lässt sich rückgängig machen. Ein leeres Feld wird aus dem Anwendungsfall abgeleitet.</translation>
    </message>
    <message>
        <source>State what is needed, compare what can do it, export the manifests. Everything is computed on this machine; nothing is sent anywhere.</source>
        <translation>Angeben, was gebraucht wird, vergleichen, was es leisten kann, die Manifeste exportieren. Alles wird auf diesem Rechner berechnet; nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>State what is needed: load, latency, models, hardware and priorities.</source>
        <translation>Angeben, was gebraucht wird: Last, Latenz, Modelle, Hardware und Prioritäten.</translation>
    </message>
    <message>
        <source>Stated</source>
        <translation>Angegeben</translation>
    </message>
    <message>
        <source>Stated for “%1”</source>
        <translation>Angegeben für „%1“</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>Step Time</source>
        <translation>Schrittzeit</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>Schrittzeit</translation>
    </message>
    <message>
        <source>Step time ×</source>
        <translation>Schrittzeit ×</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps until then</source>
        <translation>Schritte bis dahin</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop asking the language model</source>
        <translation>Sprachmodell nicht weiter fragen</translation>
    </message>
    <message>
        <source>Stop the engines that are still at work</source>
        <translation>Engines anhalten, die noch arbeiten</translation>
    </message>
    <message>
        <source>Stop the running job and keep what it found</source>
        <translation>Die laufende Arbeit anhalten und behalten, was sie gefunden hat</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopped before it was done.</source>
        <translation>Vor dem Ende angehalten.</translation>
    </message>
    <message>
        <source>Stopped before the end; what was added stays: %1</source>
        <translation>Vor dem Ende angehalten; Hinzugefügtes bleibt: %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped. The last reading stays in view.</source>
        <translation>Angehalten. Die letzte Ablesung bleibt sichtbar.</translation>
    </message>
    <message>
        <source>Stopping after the present file …</source>
        <translation>Hält nach der aktuellen Datei an …</translation>
    </message>
    <message>
        <source>Stored as a validated benchmark of this plan, marked as observed in operation.</source>
        <translation>Als geprüfte Messung dieses Plans gespeichert, als im Betrieb beobachtet gekennzeichnet.</translation>
    </message>
    <message>
        <source>Stores of benchmarks (*.db)</source>
        <translation>Benchmark-Speicher (*.db)</translation>
    </message>
    <message>
        <source>Stores of benchmarks (*.db);;All files (*)</source>
        <translation>Benchmark-Speicher (*.db);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Storing the observation</source>
        <translation>Beobachtung wird gespeichert</translation>
    </message>
    <message>
        <source>Suggested change</source>
        <translation>Vorgeschlagene Änderung</translation>
    </message>
    <message>
        <source>Suggestions in an editor while a developer types.</source>
        <translation>Vorschläge im Editor, während jemand programmiert.</translation>
    </message>
    <message>
        <source>Sum of weight × place over the scores of a model, divided by the weights that are there</source>
        <translation>Summe aus Gewicht × Platz über die Werte eines Modells, geteilt durch die vorhandenen Gewichte</translation>
    </message>
    <message>
        <source>Summaries of mails, tickets and articles of a few pages.</source>
        <translation>Zusammenfassungen von Mails, Tickets und Artikeln von wenigen Seiten.</translation>
    </message>
    <message>
        <source>Summaries of reports and contracts of dozens of pages.</source>
        <translation>Zusammenfassungen von Berichten und Verträgen von Dutzenden Seiten.</translation>
    </message>
    <message>
        <source>Support chat</source>
        <translation>Support-Chat</translation>
    </message>
    <message>
        <source>Switching corrections off</source>
        <translation>Korrekturen werden ausgeschaltet</translation>
    </message>
    <message>
        <source>Switching corrections on</source>
        <translation>Korrekturen werden eingeschaltet</translation>
    </message>
    <message>
        <source>T&amp;olerations</source>
        <translation>T&amp;olerations</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>TPOT</source>
        <translation>TPOT</translation>
    </message>
    <message>
        <source>TTFT</source>
        <translation>TTFT</translation>
    </message>
    <message>
        <source>TTFT %1, TPOT %2, E2E %3</source>
        <translation>TTFT %1, TPOT %2, E2E %3</translation>
    </message>
    <message>
        <source>TTFT calibrated</source>
        <translation>TTFT kalibriert</translation>
    </message>
    <message>
        <source>TTFT mean</source>
        <translation>TTFT Mittel</translation>
    </message>
    <message>
        <source>TTFT measured</source>
        <translation>TTFT gemessen</translation>
    </message>
    <message>
        <source>TTFT p50</source>
        <translation>TTFT p50</translation>
    </message>
    <message>
        <source>TTFT p90</source>
        <translation>TTFT p90</translation>
    </message>
    <message>
        <source>TTFT p95</source>
        <translation>TTFT p95</translation>
    </message>
    <message>
        <source>TTFT p99</source>
        <translation>TTFT p99</translation>
    </message>
    <message>
        <source>TTFT raw</source>
        <translation>TTFT roh</translation>
    </message>
    <message>
        <source>TTFT target out of reach</source>
        <translation>TTFT-Ziel unerreichbar</translation>
    </message>
    <message>
        <source>TTFT, mean</source>
        <translation>TTFT, Mittel</translation>
    </message>
    <message>
        <source>Tables and warnings of the comparison</source>
        <translation>Tabellen und Warnungen des Vergleichs</translation>
    </message>
    <message>
        <source>Taints that the servers accept besides that of the GPUs: key, key=value or key=value:NoSchedule, separated by spaces.</source>
        <translation>Taints, die die Server neben dem der GPUs hinnehmen: key, key=value oder key=value:NoSchedule, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take Off</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take Over Runs</source>
        <translation>Läufe übernehmen</translation>
    </message>
    <message>
        <source>Take Over a Library</source>
        <translation>Bibliothek übernehmen</translation>
    </message>
    <message>
        <source>Take it to the cluster</source>
        <translation>Auf den Cluster bringen</translation>
    </message>
    <message>
        <source>Taken for the model</source>
        <translation>Zugeordnetes Modell</translation>
    </message>
    <message>
        <source>Takes the place of</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Takes the selected measurements out; can be undone</source>
        <translation>Nimmt die gewählten Messungen heraus; lässt sich rückgängig machen</translation>
    </message>
    <message>
        <source>Taking over a library</source>
        <translation>Bibliothek wird übernommen</translation>
    </message>
    <message>
        <source>Taking over runs</source>
        <translation>Läufe werden übernommen</translation>
    </message>
    <message>
        <source>Target: %1 %2 ≤ %3 – drag</source>
        <translation>Ziel: %1 %2 ≤ %3 – ziehen</translation>
    </message>
    <message>
        <source>Target: %1 ≤ %2</source>
        <translation>Ziel: %1 ≤ %2</translation>
    </message>
    <message>
        <source>Testing the language model</source>
        <translation>Sprachmodell wird getestet</translation>
    </message>
    <message>
        <source>Texts of a few paragraphs, translated on request.</source>
        <translation>Texte von wenigen Absätzen, auf Anfrage übersetzt.</translation>
    </message>
    <message>
        <source>The catalog has no such GPU. Which other one may it be?</source>
        <translation>Der Katalog hat diese GPU nicht. Welche andere darf es sein?</translation>
    </message>
    <message>
        <source>The catalog has no such model. Which other one may it be?</source>
        <translation>Der Katalog hat dieses Modell nicht. Welches andere darf es sein?</translation>
    </message>
    <message>
        <source>The chart was not printed.</source>
        <translation>Das Diagramm wurde nicht gedruckt.</translation>
    </message>
    <message>
        <source>The check mark is at the engine of the search; small figures below are the differences to it.</source>
        <translation>Das Häkchen steht bei der Engine der Suche; kleine Zahlen darunter sind die Abweichungen von ihr.</translation>
    </message>
    <message>
        <source>The check mark is at the engine that made the figures of the search</source>
        <translation>Das Häkchen steht bei der Engine, von der die Zahlen der Suche sind</translation>
    </message>
    <message>
        <source>The checks found %1 things to look at.</source>
        <translation>Die Prüfungen fanden %1 Dinge zum Ansehen.</translation>
    </message>
    <message>
        <source>The checks found one thing to look at.</source>
        <translation>Die Prüfungen fanden eine Sache zum Ansehen.</translation>
    </message>
    <message>
        <source>The closed-loop points at which requests need not wait for a seat.</source>
        <translation>Die Punkte im geschlossenen Kreis, bei denen Anfragen nicht auf einen Platz warten müssen.</translation>
    </message>
    <message>
        <source>The closed-loop points, each GPU with coefficients that never saw it.</source>
        <translation>Die Punkte im geschlossenen Kreis, jede GPU mit Koeffizienten, die sie nie gesehen haben.</translation>
    </message>
    <message>
        <source>The closed-loop points, each model with coefficients that never saw it.</source>
        <translation>Die Punkte im geschlossenen Kreis, jedes Modell mit Koeffizienten, die es nie gesehen haben.</translation>
    </message>
    <message>
        <source>The data was not exported: %1</source>
        <translation>Die Daten wurden nicht exportiert: %1</translation>
    </message>
    <message>
        <source>The deployment does what the plan predicts for this load.</source>
        <translation>Das Deployment tut, was der Plan für diese Last vorhersagt.</translation>
    </message>
    <message>
        <source>The description is longer than 1 MiB and is not read; shorten it to what the service needs.</source>
        <translation>Die Beschreibung ist länger als 1 MiB und wird nicht gelesen; auf das kürzen, was der Dienst braucht.</translation>
    </message>
    <message>
        <source>The engine that predicted these figures</source>
        <translation>Die Engine, von der diese Zahlen sind</translation>
    </message>
    <message>
        <source>The engine that predicts the options of the search.

%1</source>
        <translation>Die Engine, die die Optionen der Suche vorhersagt.

%1</translation>
    </message>
    <message>
        <source>The engine “%1” is asked about every configuration, and that takes a while. Stop to keep what was found so far; fewer models or GPUs make it shorter.</source>
        <translation>Die Engine „%1“ wird zu jeder Konfiguration gefragt, und das dauert. Anhalten behält das bisher Gefundene; weniger Modelle oder GPUs machen es kürzer.</translation>
    </message>
    <message>
        <source>The engines now use other coefficients (“%1”): the comparison is due again.</source>
        <translation>Die Engines nutzen jetzt andere Koeffizienten („%1“): der Vergleich ist neu fällig.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written.</source>
        <translation>Die Datei %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The file of “%1” is gone. Save the plan to write it again.</source>
        <translation>Die Datei von „%1“ ist weg. Den Plan speichern, um sie neu zu schreiben.</translation>
    </message>
    <message>
        <source>The files say at their top that the plan does not fit.</source>
        <translation>Die Dateien sagen oben, dass der Plan nicht passt.</translation>
    </message>
    <message>
        <source>The first %1 of %2 MB:</source>
        <translation>Die ersten %1 von %2 MB:</translation>
    </message>
    <message>
        <source>The image was not saved: %1</source>
        <translation>Das Bild wurde nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>The imported scores are forgotten.</source>
        <translation>Die importierten Werte sind vergessen.</translation>
    </message>
    <message>
        <source>The language model adds nothing.</source>
        <translation>Das Sprachmodell fügt nichts hinzu.</translation>
    </message>
    <message>
        <source>The language model agrees on: %1.</source>
        <translation>Das Sprachmodell stimmt überein bei: %1.</translation>
    </message>
    <message>
        <source>The language model could not be used; what the rules read stays as it is.</source>
        <translation>Das Sprachmodell war nicht nutzbar; was die Regeln lasen, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The library is sound: %1 measurements.</source>
        <translation>Die Bibliothek ist in Ordnung: %1 Messungen.</translation>
    </message>
    <message>
        <source>The library of measurements. Import reports or folders of them, look at what was found before it is stored, compare runs, and let the estimates learn from them.</source>
        <translation>Die Bibliothek der Messungen. Berichte oder ganze Ordner importieren, das Gefundene vor dem Speichern ansehen, Läufe vergleichen und die Schätzungen daraus lernen lassen.</translation>
    </message>
    <message>
        <source>The load generator of an imported report, or who published a measurement that the program brings along</source>
        <translation>Der Lastgenerator eines importierten Berichts oder wer eine mitgelieferte Messung veröffentlicht hat</translation>
    </message>
    <message>
        <source>The mark beside each field says where its value comes from: stated by you, a rule of the use case, computed from other fields, or a default. Point at the mark to see the computation. Targets are percentiles of the latency at the peak load.</source>
        <translation>Das Zeichen neben jedem Feld sagt, woher sein Wert kommt: selbst angegeben, eine Regel des Anwendungsfalls, aus anderen Feldern berechnet oder ein Standard. Der Mauszeiger auf dem Zeichen zeigt die Rechnung. Ziele sind Perzentile der Latenz bei Spitzenlast.</translation>
    </message>
    <message>
        <source>The need and its assumptions, the ranked options with charts and intervals, what was refused and why, and the chosen plan with its files: for people who decide without this program.</source>
        <translation>Der Bedarf und seine Annahmen, die geordneten Optionen mit Diagrammen und Intervallen, was warum abgelehnt wurde, und der gewählte Plan mit seinen Dateien: für alle, die ohne dieses Programm entscheiden.</translation>
    </message>
    <message>
        <source>The option %1 is not among the present results.</source>
        <translation>Die Option %1 ist nicht unter den aktuellen Ergebnissen.</translation>
    </message>
    <message>
        <source>The option that is selected under Explore is of this class and predicted by this engine</source>
        <translation>Die unter „Erkunden“ gewählte Option ist von dieser Klasse und von dieser Engine vorhergesagt</translation>
    </message>
    <message>
        <source>The options appear here when it is stated what is needed.</source>
        <translation>Die Optionen erscheinen hier, wenn angegeben ist, was gebraucht wird.</translation>
    </message>
    <message>
        <source>The pages follow the work from top to bottom. All show the same plan; Ctrl with a figure goes to a page.</source>
        <translation>Die Seiten folgen der Arbeit von oben nach unten. Alle zeigen denselben Plan; Strg mit einer Ziffer geht zu einer Seite.</translation>
    </message>
    <message>
        <source>The peak of %1 needs %2 prefill and %3 decode servers: each prefill server carries %4, each decode server %5.</source>
        <translation>Die Spitze von %1 braucht %2 Prefill- und %3 Decode-Server: jeder Prefill-Server trägt %4, jeder Decode-Server %5.</translation>
    </message>
    <message>
        <source>The plan has changed. The comparison is still with the plan from when it was started; stop and start to compare with the new one.</source>
        <translation>Der Plan hat sich geändert. Der Vergleich gilt noch dem Plan vom Start; anhalten und starten, um mit dem neuen zu vergleichen.</translation>
    </message>
    <message>
        <source>The plan is that of the export: nothing changes.</source>
        <translation>Der Plan ist der des Exports: nichts ändert sich.</translation>
    </message>
    <message>
        <source>The plan keeps %1.</source>
        <translation>Der Plan behält %1.</translation>
    </message>
    <message>
        <source>The plan now says what was read; the next steps show it.</source>
        <translation>Der Plan sagt jetzt, was gelesen wurde; die nächsten Schritte zeigen es.</translation>
    </message>
    <message>
        <source>The plan says all of this already.</source>
        <translation>Der Plan sagt das alles schon.</translation>
    </message>
    <message>
        <source>The preset is removed.</source>
        <translation>Die Vorgabe ist entfernt.</translation>
    </message>
    <message>
        <source>The preset “%1” is saved.</source>
        <translation>Die Vorgabe „%1“ ist gespeichert.</translation>
    </message>
    <message>
        <source>The program ended before %1 plans were saved, “%2” the last of them. Their changes up to %3 were kept.</source>
        <translation>Das Programm endete, bevor %1 Pläne gespeichert waren, „%2“ als letzter davon. Ihre Änderungen bis %3 sind erhalten.</translation>
    </message>
    <message>
        <source>The program ended before “%1” was saved. Its changes up to %2 were kept.</source>
        <translation>Das Programm endete, bevor „%1“ gespeichert war. Seine Änderungen bis %2 sind erhalten.</translation>
    </message>
    <message>
        <source>The report as it was imported</source>
        <translation>Der Bericht, wie er importiert wurde</translation>
    </message>
    <message>
        <source>The report calls it “%1”</source>
        <translation>Der Bericht nennt es „%1“</translation>
    </message>
    <message>
        <source>The report states no distributions.</source>
        <translation>Der Bericht gibt keine Verteilungen an.</translation>
    </message>
    <message>
        <source>The same figures as in Explore. A difference that is smaller than the uncertainty of both figures is shown as no difference.</source>
        <translation>Dieselben Zahlen wie in „Erkunden“. Ein Unterschied, der kleiner ist als die Unsicherheit beider Zahlen, wird als kein Unterschied gezeigt.</translation>
    </message>
    <message>
        <source>The same in all</source>
        <translation>In allen gleich</translation>
    </message>
    <message>
        <source>The same in both</source>
        <translation>In beiden gleich</translation>
    </message>
    <message>
        <source>The score of this model and test that is in use so far</source>
        <translation>Der bisher genutzte Wert dieses Modells in diesem Test</translation>
    </message>
    <message>
        <source>The search runs whenever the need changes. Here you see its result; problems of the plan are counted beside it.</source>
        <translation>Die Suche läuft, sobald sich der Bedarf ändert. Hier steht ihr Ergebnis; daneben die Zahl der Probleme des Plans.</translation>
    </message>
    <message>
        <source>The search was stopped early: these are the best options so far.</source>
        <translation>Die Suche wurde vorzeitig angehalten: das sind die bisher besten Optionen.</translation>
    </message>
    <message>
        <source>The selected measurements beside each other and beside predictions</source>
        <translation>Die gewählten Messungen nebeneinander und neben Vorhersagen</translation>
    </message>
    <message>
        <source>The serving engine and its version</source>
        <translation>Die Serving-Engine und ihre Version</translation>
    </message>
    <message>
        <source>The side that percentages are against</source>
        <translation>Der Vergleichswert, auf den sich Prozente beziehen</translation>
    </message>
    <message>
        <source>The text has a syntax error</source>
        <translation>Der Text hat einen Syntaxfehler</translation>
    </message>
    <message>
        <source>The text states nothing that a plan could use yet. Say for example how many users there are, or what the service is for.</source>
        <translation>Der Text gibt noch nichts an, was ein Plan nutzen könnte. Zum Beispiel sagen, wie viele Nutzer es sind oder wofür der Dienst ist.</translation>
    </message>
    <message>
        <source>The traffic is judged from the second reading on.</source>
        <translation>Der Verkehr wird ab der zweiten Ablesung beurteilt.</translation>
    </message>
    <message>
        <source>The variable %1 is not set in this session.</source>
        <translation>Die Variable %1 ist in dieser Sitzung nicht gesetzt.</translation>
    </message>
    <message>
        <source>The workbench made a mistake</source>
        <translation>Die Workbench hat einen Fehler gemacht</translation>
    </message>
    <message>
        <source>There are no measurements to compare with.</source>
        <translation>Es gibt keine Messungen zum Vergleichen.</translation>
    </message>
    <message>
        <source>There are no options to compare yet</source>
        <translation>Noch keine Optionen zum Vergleichen</translation>
    </message>
    <message>
        <source>There is no page “%1”.</source>
        <translation>Eine Seite „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no place for your measurements: neither XDG_DATA_HOME nor HOME is set. Set one of them and start again.</source>
        <translation>Es gibt keinen Ort für eigene Messungen: weder XDG_DATA_HOME noch HOME ist gesetzt. Eines davon setzen und neu starten.</translation>
    </message>
    <message>
        <source>There is no plan to compare with yet.

State what is needed under Requirements and choose an option under Explore.</source>
        <translation>Noch kein Plan zum Vergleichen.

Unter „Anforderungen“ angeben, was gebraucht wird, und unter „Erkunden“ eine Option wählen.</translation>
    </message>
    <message>
        <source>There is no plan to compare with yet: wait for the search, or change the requirements until something is feasible.</source>
        <translation>Noch kein Plan zum Vergleichen: die Suche abwarten oder die Anforderungen ändern, bis etwas machbar ist.</translation>
    </message>
    <message>
        <source>There is no plan to compare with: state a need under Requirements, then measurements of the proposed deployment show here.</source>
        <translation>Kein Plan zum Vergleichen: unter „Anforderungen“ einen Bedarf angeben, dann zeigen sich hier Messungen des vorgeschlagenen Deployments.</translation>
    </message>
    <message>
        <source>There is no plan to compare yet.</source>
        <translation>Noch kein Plan zum Vergleichen.</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.</source>
        <translation>Noch nichts zum Vergleichen.</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Noch nichts zum Exportieren.</translation>
    </message>
    <message>
        <source>This chart has no data.</source>
        <translation>Dieses Diagramm hat keine Daten.</translation>
    </message>
    <message>
        <source>This engine does not say where the time of a step goes.</source>
        <translation>Diese Engine sagt nicht, wo die Zeit eines Schrittes bleibt.</translation>
    </message>
    <message>
        <source>This is more than can be handled</source>
        <translation>Das ist mehr, als verarbeitet werden kann</translation>
    </message>
    <message>
        <source>This is not supported</source>
        <translation>Das wird nicht unterstützt</translation>
    </message>
    <message>
        <source>This is the default of the workbench.</source>
        <translation>Das ist der Standard der Workbench.</translation>
    </message>
    <message>
        <source>This option</source>
        <translation>Diese Option</translation>
    </message>
    <message>
        <source>This option is the best of the present view</source>
        <translation>Diese Option ist die beste der aktuellen Sicht</translation>
    </message>
    <message>
        <source>This plan asks for an engine that is not known here.</source>
        <translation>Dieser Plan verlangt eine Engine, die hier nicht bekannt ist.</translation>
    </message>
    <message>
        <source>This plan does not fit: %1</source>
        <translation>Dieser Plan passt nicht: %1</translation>
    </message>
    <message>
        <source>This value follows from the rules of the use case.</source>
        <translation>Dieser Wert folgt aus den Regeln des Anwendungsfalls.</translation>
    </message>
    <message>
        <source>This value is computed from the others.</source>
        <translation>Dieser Wert ist aus den anderen berechnet.</translation>
    </message>
    <message>
        <source>Thorough analysis of large files; nobody waits at the screen.</source>
        <translation>Gründliche Analyse großer Akten; niemand wartet am Bildschirm.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Throughput and interactivity</source>
        <translation>Durchsatz und Interaktivität</translation>
    </message>
    <message>
        <source>Tied with the first: within the intervals of the figures either may be in front</source>
        <translation>Gleichauf mit der ersten: innerhalb der Intervalle kann jede vorn liegen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time &amp;limit</source>
        <translation>Zeit&amp;grenze</translation>
    </message>
    <message>
        <source>Time between tokens (ITL, TPOT) limit</source>
        <translation>Grenze der Zeit zwischen Token (ITL, TPOT)</translation>
    </message>
    <message>
        <source>Time between tokens at the peak load, 95th percentile</source>
        <translation>Zeit zwischen Token bei Spitzenlast, 95. Perzentil</translation>
    </message>
    <message>
        <source>Time of a whole answer at the peak load, 95th percentile</source>
        <translation>Zeit einer ganzen Antwort bei Spitzenlast, 95. Perzentil</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Time per output token</source>
        <translation>Zeit je Ausgabe-Token</translation>
    </message>
    <message>
        <source>Time that the prediction took on this computer</source>
        <translation>Zeit, die die Vorhersage auf diesem Rechner brauchte</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Time to first token (TTFT) limit</source>
        <translation>Grenze der Zeit bis zum ersten Token (TTFT)</translation>
    </message>
    <message>
        <source>Time to the first token at the peak load, 95th percentile</source>
        <translation>Zeit bis zum ersten Token bei Spitzenlast, 95. Perzentil</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Title of the plan</source>
        <translation>Titel des Plans</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>To apply (NEW is the folder that you save to, OLD that of the earlier export; for other targets than Kubernetes see APPLY.md)</source>
        <translation>Anwenden (NEW ist der Ordner, in den gespeichert wird, OLD der des früheren Exports; für andere Ziele als Kubernetes siehe APPLY.md)</translation>
    </message>
    <message>
        <source>To be cleared up</source>
        <translation>Zu klären</translation>
    </message>
    <message>
        <source>To roll back</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>Tokens at the start of a prompt that many prompts have in common, such as a system prompt. They are computed once and then found in the prefix cache.</source>
        <translation>Token am Anfang, die viele Prompts gemeinsam haben, etwa ein Systemprompt. Sie werden einmal berechnet und dann im Prefix-Cache gefunden.</translation>
    </message>
    <message>
        <source>Tokens generated by the whole deployment at the peak load</source>
        <translation>Vom ganzen Deployment bei Spitzenlast erzeugte Token</translation>
    </message>
    <message>
        <source>Tokens generated per second and GPU at the peak load</source>
        <translation>Je Sekunde und GPU bei Spitzenlast erzeugte Token</translation>
    </message>
    <message>
        <source>Tokens per second that one request gets: one over the mean ITL</source>
        <translation>Token je Sekunde, die eine Anfrage erhält: eins durch das mittlere ITL</translation>
    </message>
    <message>
        <source>Tokens to experts</source>
        <translation>Token zu Experten</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Trade-offs, better is up</source>
        <translation>Abwägungen, oben ist besser</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>Traffic against the plan</source>
        <translation>Verkehr gegenüber dem Plan</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>Übersetzung</translation>
    </message>
    <message>
        <source>True value between %1 and %2 at 90 %, given the number of requests and the width of buckets</source>
        <translation>Wahrer Wert zu 90 % zwischen %1 und %2, bei dieser Zahl von Anfragen und Breite der Buckets</translation>
    </message>
    <message>
        <source>Try an example:</source>
        <translation>Ein Beispiel versuchen:</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>Runden</translation>
    </message>
    <message>
        <source>Two keys to remember</source>
        <translation>Zwei Tasten zum Merken</translation>
    </message>
    <message>
        <source>Two to five options side by side, and why one is in front</source>
        <translation>Zwei bis fünf Optionen nebeneinander und warum eine vorn liegt</translation>
    </message>
    <message>
        <source>Two to five options side by side, differences first. Add options in Explore with the star or the compare command. The page can be presented on a projector, printed and saved as PDF.</source>
        <translation>Zwei bis fünf Optionen nebeneinander, Unterschiede zuerst. Optionen in „Erkunden“ mit dem Stern oder dem Befehl zum Vergleichen hinzufügen. Die Seite lässt sich am Beamer präsentieren, drucken und als PDF speichern.</translation>
    </message>
    <message>
        <source>US$ per month</source>
        <translation>US$ im Monat</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>&amp;Loslösen</translation>
    </message>
    <message>
        <source>Under Load</source>
        <translation>Unter Last</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unexplained</source>
        <translation>Ungeklärt</translation>
    </message>
    <message>
        <source>Unique prompts</source>
        <translation>Einmalige Prompts</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Unknown: %1</source>
        <translation>Unbekannt: %1</translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Untitled plan</source>
        <translation>Plan ohne Titel</translation>
    </message>
    <message>
        <source>Upper end of the 90 % interval</source>
        <translation>Oberes Ende des 90-%-Intervalls</translation>
    </message>
    <message>
        <source>Usable on each GPU</source>
        <translation>Nutzbar auf jeder GPU</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 nutzen</translation>
    </message>
    <message>
        <source>Use This Instead</source>
        <translation>Stattdessen dies nutzen</translation>
    </message>
    <message>
        <source>Use case</source>
        <translation>Anwendungsfall</translation>
    </message>
    <message>
        <source>Use case and workload</source>
        <translation>Anwendungsfall und Last</translation>
    </message>
    <message>
        <source>Use case, load, latency targets, models and hardware. What you leave open is derived, and each derived value says where it comes from.</source>
        <translation>Anwendungsfall, Last, Latenzziele, Modelle und Hardware. Was offen bleibt, wird abgeleitet, und jeder abgeleitete Wert sagt, woher er kommt.</translation>
    </message>
    <message>
        <source>Use cases and samples are built in. Your own use cases are read from the catalog folder in your data folder; Preferences show where that is.</source>
        <translation>Anwendungsfälle und Beispiele sind mitgeliefert. Eigene Anwendungsfälle werden aus dem Katalogordner im Datenordner gelesen; wo er liegt, zeigen die Einstellungen.</translation>
    </message>
    <message>
        <source>Use preset %1</source>
        <translation>Vorgabe %1 nutzen</translation>
    </message>
    <message>
        <source>Use the targets of the use case</source>
        <translation>Ziele des Anwendungsfalls nutzen</translation>
    </message>
    <message>
        <source>Use this settings file.</source>
        <translation>Diese Einstellungsdatei nutzen.</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>„%1“ nutzen</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Users or rate needed</source>
        <translation>Nutzer oder Rate nötig</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Validated on: %1 and %2 more.</source>
        <translation>Geprüft auf: %1 und %2 weiteren.</translation>
    </message>
    <message>
        <source>Validated on: %1.</source>
        <translation>Geprüft auf: %1.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Variable with the &amp;key</source>
        <translation>Variable mit dem Schl&amp;üssel</translation>
    </message>
    <message>
        <source>Variation of the output length</source>
        <translation>Streuung der Ausgabelänge</translation>
    </message>
    <message>
        <source>Variation of the prompt length</source>
        <translation>Streuung der Promptlänge</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version profile</source>
        <translation>Versionsprofil</translation>
    </message>
    <message>
        <source>Version row</source>
        <translation>Versionsstand</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Wait for the scheduler</source>
        <translation>Warten auf den Scheduler</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <translation>Warten auf %1 …</translation>
    </message>
    <message>
        <source>Waiting for a seat</source>
        <translation>Warten auf einen Platz</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Web page (*.html);;PDF (*.pdf);;Markdown (*.md);;Table (*.csv)</source>
        <translation>Webseite (*.html);;PDF (*.pdf);;Markdown (*.md);;Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Weight formats</source>
        <translation>Gewichtsformate</translation>
    </message>
    <message>
        <source>Weight formats, quantisation</source>
        <translation>Gewichtsformate, Quantisierung</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>Gewicht von %1</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights and arithmetic</source>
        <translation>Gewichte und Rechnung</translation>
    </message>
    <message>
        <source>Weights: %1</source>
        <translation>Gewichte: %1</translation>
    </message>
    <message>
        <source>Weights: %1. The quality of a model is the weighted mean of its places among all models with a score of the same test. A score of yours takes the place of a published one.</source>
        <translation>Gewichte: %1. Die Qualität eines Modells ist das gewichtete Mittel seiner Plätze unter allen Modellen mit einem Wert desselben Tests. Ein eigener Wert tritt an die Stelle eines veröffentlichten.</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Was passt</translation>
    </message>
    <message>
        <source>What is multiplied</source>
        <translation>Was multipliziert wird</translation>
    </message>
    <message>
        <source>What is said later replaces what was said of the same before.</source>
        <translation>Später Gesagtes ersetzt, was vorher zum selben gesagt wurde.</translation>
    </message>
    <message>
        <source>What is the service for? The use case gives starting figures for load, lengths and latency targets; each of them can be changed in the next steps.</source>
        <translation>Wofür ist der Dienst? Der Anwendungsfall gibt Anfangswerte für Last, Längen und Latenzziele; jeder davon lässt sich in den nächsten Schritten ändern.</translation>
    </message>
    <message>
        <source>What it estimates with corrections from all runs</source>
        <translation>Was sie mit Korrekturen aus allen Läufen schätzt</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>Was am meisten zählt</translation>
    </message>
    <message>
        <source>What requests have in common</source>
        <translation>Was Anfragen gemeinsam haben</translation>
    </message>
    <message>
        <source>What reviewers should know: context, open questions, decisions. A blank line begins a new paragraph.</source>
        <translation>Was Prüfende wissen sollten: Zusammenhang, offene Fragen, Entscheidungen. Eine Leerzeile beginnt einen neuen Absatz.</translation>
    </message>
    <message>
        <source>What the GPUs are made of</source>
        <translation>Woraus die GPUs bestehen</translation>
    </message>
    <message>
        <source>What the colours of the fields mean</source>
        <translation>Was die Farben der Felder bedeuten</translation>
    </message>
    <message>
        <source>What the engine estimates without corrections</source>
        <translation>Was die Engine ohne Korrekturen schätzt</translation>
    </message>
    <message>
        <source>What the errors mean</source>
        <translation>Was die Fehler bedeuten</translation>
    </message>
    <message>
        <source>What the search found</source>
        <translation>Was die Suche fand</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>Wonach gesucht wird</translation>
    </message>
    <message>
        <source>What vLLM reports of its memory when it starts.</source>
        <translation>Was vLLM beim Start über seinen Speicher meldet.</translation>
    </message>
    <message>
        <source>What was &amp;noticed</source>
        <translation>&amp;Auffälliges</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>Was verglichen wurde</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Was gelesen wurde</translation>
    </message>
    <message>
        <source>What was served</source>
        <translation>Was bedient wurde</translation>
    </message>
    <message>
        <source>What would change it</source>
        <translation>Was es ändern würde</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Wheel: zoom x · Ctrl+wheel: zoom y · Shift+drag: zoom to rectangle · Drag: pan · Double click or Home: show all</source>
        <translation>Rad: Zoom x · Strg+Rad: Zoom y · Umschalt+Ziehen: Rechteck zoomen · Ziehen: verschieben · Doppelklick oder Pos1: alles zeigen</translation>
    </message>
    <message>
        <source>When the score was read at its source</source>
        <translation>Wann der Wert an seiner Quelle gelesen wurde</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>Woher es kommt</translation>
    </message>
    <message>
        <source>Where its numbers come from</source>
        <translation>Woher die Zahlen kommen</translation>
    </message>
    <message>
        <source>Where not to trust it</source>
        <translation>Wo dem nicht zu trauen ist</translation>
    </message>
    <message>
        <source>Where the autoscaler reads the metrics of the servers.</source>
        <translation>Wo der Autoscaler die Metriken der Server liest.</translation>
    </message>
    <message>
        <source>Where the coefficients behind the figure come from; the weakest counts</source>
        <translation>Woher die Koeffizienten hinter der Zahl kommen; die schwächste Herkunft zählt</translation>
    </message>
    <message>
        <source>Where the time of a decode step goes, for %1 options.</source>
        <translation>Wo die Zeit eines Decode-Schrittes bleibt, für %1 Optionen.</translation>
    </message>
    <message>
        <source>Where these figures come from</source>
        <translation>Woher diese Zahlen kommen</translation>
    </message>
    <message>
        <source>Whether Apply puts this into the plan</source>
        <translation>Ob „Übernehmen“ dies in den Plan bringt</translation>
    </message>
    <message>
        <source>Whether one server does prefill and decode or each has servers of its own, and component versions that are known to work together; memory, flags and manifests follow them.</source>
        <translation>Ob ein Server Prefill und Decode macht oder beide eigene Server haben, und Versionen der Komponenten, die zusammen funktionieren; Speicher, Flags und Manifeste richten sich danach.</translation>
    </message>
    <message>
        <source>Whether the figures are estimated or were measured on exactly this configuration</source>
        <translation>Ob die Zahlen geschätzt sind oder an genau dieser Konfiguration gemessen wurden</translation>
    </message>
    <message>
        <source>Which GPUs may be used and what an hour of each costs. Without a choice every GPU with a price is considered. Prices and counts can be typed into the table.</source>
        <translation>Welche GPUs genutzt werden dürfen und was eine Stunde davon kostet. Ohne Auswahl wird jede GPU mit Preis betrachtet. Preise und Stückzahlen lassen sich in die Tabelle tippen.</translation>
    </message>
    <message>
        <source>Which measurements are listed</source>
        <translation>Welche Messungen aufgelistet sind</translation>
    </message>
    <message>
        <source>Which models may be planned with. Without a choice the whole catalog is searched; check models to search only those. Drop a Hugging Face config.json here to add a model.</source>
        <translation>Mit welchen Modellen geplant werden darf. Ohne Auswahl wird der ganze Katalog durchsucht; Häkchen beschränken die Suche. Eine config.json von Hugging Face hier ablegen fügt ein Modell hinzu.</translation>
    </message>
    <message>
        <source>Which number of users is to be planned for?</source>
        <translation>Für welche Nutzerzahl soll geplant werden?</translation>
    </message>
    <message>
        <source>Which of these does the new number replace?</source>
        <translation>Was davon ersetzt die neue Zahl?</translation>
    </message>
    <message>
        <source>Which of these models is meant?</source>
        <translation>Welches dieser Modelle ist gemeint?</translation>
    </message>
    <message>
        <source>Which of these use cases is it?</source>
        <translation>Welcher dieser Anwendungsfälle ist es?</translation>
    </message>
    <message>
        <source>Which rate is the mean of the whole service?</source>
        <translation>Welche Rate ist das Mittel des ganzen Dienstes?</translation>
    </message>
    <message>
        <source>Which requests have to stay within the limit: p95 means 95 of 100.</source>
        <translation>Welche Anfragen in der Grenze bleiben müssen: p95 heißt 95 von 100.</translation>
    </message>
    <message>
        <source>Which weights are meant?</source>
        <translation>Welche Gewichte sind gemeint?</translation>
    </message>
    <message>
        <source>Whichever is better</source>
        <translation>Was besser ist</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Ganze Antwort</translation>
    </message>
    <message>
        <source>Whole functions and files from a description, with explanation.</source>
        <translation>Ganze Funktionen und Dateien aus einer Beschreibung, mit Erklärung.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why %1</source>
        <translation>Warum %1</translation>
    </message>
    <message>
        <source>Why %1 and not %2</source>
        <translation>Warum %1 und nicht %2</translation>
    </message>
    <message>
        <source>Why combinations were refused</source>
        <translation>Warum Kombinationen abgelehnt wurden</translation>
    </message>
    <message>
        <source>Why the one and not the other</source>
        <translation>Warum die eine und nicht die andere</translation>
    </message>
    <message>
        <source>With &amp;predictions</source>
        <translation>Mit &amp;Vorhersagen</translation>
    </message>
    <message>
        <source>Within targets</source>
        <translation>Innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Within targets up to %1</source>
        <translation>Innerhalb der Ziele bis %1</translation>
    </message>
    <message>
        <source>Within targets, as reported</source>
        <translation>Innerhalb der Ziele, laut Bericht</translation>
    </message>
    <message>
        <source>Within the targets</source>
        <translation>Innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Within the targets [requests/s]</source>
        <translation>Innerhalb der Ziele [Anfragen/s]</translation>
    </message>
    <message>
        <source>Within the targets up to %1; the planned peak is %2.</source>
        <translation>Innerhalb der Ziele bis %1; die geplante Spitze ist %2.</translation>
    </message>
    <message>
        <source>Within the tolerances:</source>
        <translation>Innerhalb der Toleranzen:</translation>
    </message>
    <message>
        <source>Without a choice the best option of the current view is exported</source>
        <translation>Ohne Wahl wird die beste Option der aktuellen Sicht exportiert</translation>
    </message>
    <message>
        <source>Words to look for</source>
        <translation>Gesuchte Wörter</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>Arbeitslast</translation>
    </message>
    <message>
        <source>Workload Variant Autoscaler (legacy)</source>
        <translation>Workload Variant Autoscaler (veraltet)</translation>
    </message>
    <message>
        <source>Write plans that do not &amp;fit memory</source>
        <translation>Pläne schreiben, die nicht in den &amp;Speicher passen</translation>
    </message>
    <message>
        <source>Write the Gateway too, of this class, for example istio.</source>
        <translation>Auch das Gateway schreiben, von dieser Klasse, zum Beispiel istio.</translation>
    </message>
    <message>
        <source>Writes the chosen option as files for a target: plain Kubernetes, Helm, KServe, Ray or Dynamo. Look at each file, at the checks and at what changed since the last export before you save.</source>
        <translation>Schreibt die gewählte Option als Dateien für ein Ziel: reines Kubernetes, Helm, KServe, Ray oder Dynamo. Vor dem Speichern jede Datei ansehen, dazu die Prüfungen und die Änderungen seit dem letzten Export.</translation>
    </message>
    <message>
        <source>Writes the runs behind the corrections as a file that others can import</source>
        <translation>Schreibt die Läufe hinter den Korrekturen als Datei, die andere importieren können</translation>
    </message>
    <message>
        <source>Writing runs</source>
        <translation>Läufe werden geschrieben</translation>
    </message>
    <message>
        <source>Writing the deployment files</source>
        <translation>Deployment-Dateien werden geschrieben</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the review report</source>
        <translation>Prüfbericht wird geschrieben</translation>
    </message>
    <message>
        <source>You can also drop files anywhere on this window.</source>
        <translation>Dateien lassen sich auch überall in diesem Fenster ablegen.</translation>
    </message>
    <message>
        <source>You have</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>You stated these yourself, so they do not follow the use case: %1.</source>
        <translation>Diese sind selbst angegeben und folgen darum nicht dem Anwendungsfall: %1.</translation>
    </message>
    <message>
        <source>You stated this value.</source>
        <translation>Dieser Wert ist selbst angegeben.</translation>
    </message>
    <message>
        <source>Your &amp;need</source>
        <translation>&amp;Bedarf</translation>
    </message>
    <message>
        <source>Your models, prices, use cases, engines and benchmarks are read from here and kept here. Changing it moves nothing.</source>
        <translation>Eigene Modelle, Preise, Anwendungsfälle, Engines und Benchmarks werden von hier gelesen und hier aufbewahrt. Eine Änderung verschiebt nichts.</translation>
    </message>
    <message>
        <source>Your need in plain words</source>
        <translation>Der Bedarf in einfachen Worten</translation>
    </message>
    <message>
        <source>Your option</source>
        <translation>Die eigene Option</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Zip archive (*.zip)</source>
        <translation>Zip-Archiv (*.zip)</translation>
    </message>
    <message>
        <source>a local volume per pod</source>
        <translation>ein lokales Volume je Pod</translation>
    </message>
    <message>
        <source>a price cannot be negative.</source>
        <translation>ein Preis kann nicht negativ sein.</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>von Hand ergänzt</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>selbst hinzugefügt</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>alle %1</translation>
    </message>
    <message>
        <source>all %1 of the catalog</source>
        <translation>alle %1 des Katalogs</translation>
    </message>
    <message>
        <source>all but %1</source>
        <translation>alle außer %1</translation>
    </message>
    <message>
        <source>all that have a price</source>
        <translation>alle, die einen Preis haben</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>allein</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>schon da</translation>
    </message>
    <message>
        <source>and not</source>
        <translation>und nicht</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>any nodes</source>
        <translation>beliebige Knoten</translation>
    </message>
    <message>
        <source>any number may be bought</source>
        <translation>beliebig viele dürfen gekauft werden</translation>
    </message>
    <message>
        <source>as the server names it, for example qwen3:8b</source>
        <translation>wie der Server es nennt, zum Beispiel qwen3:8b</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>ausgewogen</translation>
    </message>
    <message>
        <source>best holds %1 – %2</source>
        <translation>beste bleibt es von %1 – %2</translation>
    </message>
    <message>
        <source>best holds above %1</source>
        <translation>beste bleibt es über %1</translation>
    </message>
    <message>
        <source>best holds at any weight</source>
        <translation>beste bleibt es bei jedem Gewicht</translation>
    </message>
    <message>
        <source>best holds below %1</source>
        <translation>beste bleibt es unter %1</translation>
    </message>
    <message>
        <source>best of these</source>
        <translation>beste hiervon</translation>
    </message>
    <message>
        <source>best quality</source>
        <translation>beste Qualität</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>built in: %1</source>
        <translation>mitgeliefert: %1</translation>
    </message>
    <message>
        <source>busy: prefill %1, decode %2</source>
        <translation>ausgelastet: Prefill %1, Decode %2</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>change the target</source>
        <translation>das Ziel ändern</translation>
    </message>
    <message>
        <source>clear the selection, close this list</source>
        <translation>Auswahl aufheben, diese Liste schließen</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>comparison.html</source>
        <translation>vergleich.html</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>copy the data</source>
        <translation>die Daten kopieren</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>decode step</source>
        <translation>Decode-Schritt</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>does not carry the peak</source>
        <translation>trägt die Spitze nicht</translation>
    </message>
    <message>
        <source>does not count</source>
        <translation>zählt nicht</translation>
    </message>
    <message>
        <source>e.g. 0.19.1</source>
        <translation>z. B. 0.19.1</translation>
    </message>
    <message>
        <source>e.g. H100</source>
        <translation>z. B. H100</translation>
    </message>
    <message>
        <source>e.g. Qwen/Qwen3-14B</source>
        <translation>z. B. Qwen/Qwen3-14B</translation>
    </message>
    <message>
        <source>e.g. fp8</source>
        <translation>z. B. fp8</translation>
    </message>
    <message>
        <source>errors: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>expected a whole number from 1 on, or nothing.</source>
        <translation>erwartet wird eine ganze Zahl ab 1 oder nichts.</translation>
    </message>
    <message>
        <source>first token %1, then %2 each</source>
        <translation>erstes Token %1, dann je %2</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>Anpassung</translation>
    </message>
    <message>
        <source>from the use case</source>
        <translation>aus dem Anwendungsfall</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>had none</source>
        <translation>hatte keine</translation>
    </message>
    <message>
        <source>hybrid</source>
        <translation>hybrid</translation>
    </message>
    <message>
        <source>interval %1 to %2, %3</source>
        <translation>Intervall %1 bis %2, %3</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>größter</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>level 0: live, nothing that serves is restarted</source>
        <translation>Stufe 0: im laufenden Betrieb, nichts, was bedient, startet neu</translation>
    </message>
    <message>
        <source>level 1: scheduler settings</source>
        <translation>Stufe 1: Scheduler-Einstellungen</translation>
    </message>
    <message>
        <source>level 2: every replica restarts in turn</source>
        <translation>Stufe 2: alle Replikas starten nacheinander neu</translation>
    </message>
    <message>
        <source>level 3: a second deployment beside the first</source>
        <translation>Stufe 3: ein zweites Deployment neben dem ersten</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>Grenze %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>llm-d Helm charts</source>
        <translation>llm-d-Helm-Charts</translation>
    </message>
    <message>
        <source>lowest cost</source>
        <translation>niedrigste Kosten</translation>
    </message>
    <message>
        <source>lowest latency</source>
        <translation>niedrigste Latenz</translation>
    </message>
    <message>
        <source>matters</source>
        <translation>wichtig</translation>
    </message>
    <message>
        <source>matters little</source>
        <translation>wenig wichtig</translation>
    </message>
    <message>
        <source>matters most</source>
        <translation>am wichtigsten</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>mesh, %1 GB/s</source>
        <translation>vermascht, %1 GB/s</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>mixture of experts</source>
        <translation>Mixture of Experts</translation>
    </message>
    <message>
        <source>move the view</source>
        <translation>die Ansicht verschieben</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>multimodal</source>
        <translation>multimodal</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>near saturation</source>
        <translation>nahe der Sättigung</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>nine of ten within %2, but a few far off: %1 on average</source>
        <translation>neun von zehn innerhalb %2, aber wenige weit daneben: im Mittel %1</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>keine Änderung</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>no longer in the library</source>
        <translation>nicht mehr in der Bibliothek</translation>
    </message>
    <message>
        <source>no own limit</source>
        <translation>keine eigene Grenze</translation>
    </message>
    <message>
        <source>no split up to %1 servers of a role meets the targets.</source>
        <translation>keine Aufteilung mit bis zu %1 Servern je Rolle erfüllt die Ziele.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none, no HTTPRoute</source>
        <translation>keines, keine HTTPRoute</translation>
    </message>
    <message>
        <source>none; a PNG or JPEG of at most 2 MB</source>
        <translation>keines; ein PNG oder JPEG von höchstens 2 MB</translation>
    </message>
    <message>
        <source>none; for example OPENAI_API_KEY, never the key itself</source>
        <translation>keine; zum Beispiel OPENAI_API_KEY, nie der Schlüssel selbst</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>nicht beurteilt</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>notes: %1</source>
        <translation>Hinweise: %1</translation>
    </message>
    <message>
        <source>of the capacity</source>
        <translation>der Kapazität</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>off by %1 on average, nine of ten within %2</source>
        <translation>im Mittel um %1 daneben, neun von zehn innerhalb %2</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>output length</source>
        <translation>Ausgabelänge</translation>
    </message>
    <message>
        <source>output variation</source>
        <translation>Streuung der Ausgabe</translation>
    </message>
    <message>
        <source>outside the targets</source>
        <translation>außerhalb der Ziele</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p95: TTFT %1, ITL %2, E2E %3</source>
        <translation>p95: TTFT %1, ITL %2, E2E %3</translation>
    </message>
    <message>
        <source>peak factor</source>
        <translation>Spitzenfaktor</translation>
    </message>
    <message>
        <source>per GPU</source>
        <translation>je GPU</translation>
    </message>
    <message>
        <source>percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>prefill and decode apart</source>
        <translation>Prefill und Decode getrennt</translation>
    </message>
    <message>
        <source>priorities</source>
        <translation>Prioritäten</translation>
    </message>
    <message>
        <source>prompt length</source>
        <translation>Promptlänge</translation>
    </message>
    <message>
        <source>prompt variation</source>
        <translation>Streuung der Prompts</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>read from another file of the folder</source>
        <translation>aus einer anderen Datei des Ordners gelesen</translation>
    </message>
    <message>
        <source>read from the load generator's configuration</source>
        <translation>aus der Konfiguration des Lastgenerators gelesen</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>requests/s</source>
        <translation>Anfragen/s</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>wiederhergestellt</translation>
    </message>
    <message>
        <source>review.html</source>
        <translation>pruefbericht.html</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>gesättigt</translation>
    </message>
    <message>
        <source>select the option</source>
        <translation>die Option wählen</translation>
    </message>
    <message>
        <source>show everything</source>
        <translation>alles zeigen</translation>
    </message>
    <message>
        <source>simplest</source>
        <translation>einfachste</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>kleinster</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <source>stated by the report</source>
        <translation>vom Bericht angegeben</translation>
    </message>
    <message>
        <source>stated by you</source>
        <translation>selbst angegeben</translation>
    </message>
    <message>
        <source>switched, %1 GB/s</source>
        <translation>geswitcht, %1 GB/s</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>that of the GPUs only</source>
        <translation>nur der der GPUs</translation>
    </message>
    <message>
        <source>the Gateway exists</source>
        <translation>das Gateway gibt es</translation>
    </message>
    <message>
        <source>the choice of models</source>
        <translation>die Wahl der Modelle</translation>
    </message>
    <message>
        <source>the class of the selected option</source>
        <translation>die Klasse der gewählten Option</translation>
    </message>
    <message>
        <source>the language model, which cites %1</source>
        <translation>das Sprachmodell, das %1 zitiert</translation>
    </message>
    <message>
        <source>the priorities</source>
        <translation>die Prioritäten</translation>
    </message>
    <message>
        <source>time per output token</source>
        <translation>Zeit je Ausgabe-Token</translation>
    </message>
    <message>
        <source>time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>tokens, mean</source>
        <translation>Token, Mittel</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>too few runs</source>
        <translation>zu wenige Läufe</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>used</source>
        <translation>belegt</translation>
    </message>
    <message>
        <source>vLLM</source>
        <translation>vLLM</translation>
    </message>
    <message>
        <source>vLLM %1</source>
        <translation>vLLM %1</translation>
    </message>
    <message>
        <source>vLLM %1, router %2, Inference Extension %3</source>
        <translation>vLLM %1, Router %2, Inference Extension %3</translation>
    </message>
    <message>
        <source>vLLM has no backend for it that we can plan for. %1</source>
        <translation>vLLM hat dafür kein Backend, mit dem sich planen lässt. %1</translation>
    </message>
    <message>
        <source>variable, if needed</source>
        <translation>Variable, falls nötig</translation>
    </message>
    <message>
        <source>vllm serve commands</source>
        <translation>vllm-serve-Befehle</translation>
    </message>
    <message>
        <source>walk along the points</source>
        <translation>an den Punkten entlang gehen</translation>
    </message>
    <message>
        <source>warnings: %1</source>
        <translation>Warnungen: %1</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>war %1</translation>
    </message>
    <message>
        <source>within the targets</source>
        <translation>innerhalb der Ziele</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>you</source>
        <translation>eigener</translation>
    </message>
    <message>
        <source>your own rules</source>
        <translation>die eigenen Regeln</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>zoomen</translation>
    </message>
    <message>
        <source>zoom along x</source>
        <translation>entlang x zoomen</translation>
    </message>
    <message>
        <source>zoom along y</source>
        <translation>entlang y zoomen</translation>
    </message>
    <message>
        <source>zoom to a rectangle</source>
        <translation>in ein Rechteck zoomen</translation>
    </message>
    <message>
        <source>± %1</source>
        <translation>± %1</translation>
    </message>
    <message>
        <source>µs</source>
        <translation>µs</translation>
    </message>
    <message>
        <source>× mean</source>
        <translation>× Mittel</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>“%1” cannot be written to. Choose a folder of your own.</source>
        <translation>In „%1“ kann nicht geschrieben werden. Einen eigenen Ordner wählen.</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>„%1“ hat ungespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>“%1” was changed by another program.</source>
        <translation>„%1“ wurde von einem anderen Programm geändert.</translation>
    </message>
    <message>
        <source>“%1” was changed by another program. Reloading gives up your unsaved changes; saving replaces the other program's.</source>
        <translation>„%1“ wurde von einem anderen Programm geändert. Neu laden gibt die ungespeicherten Änderungen auf; Speichern ersetzt die des anderen Programms.</translation>
    </message>
    <message>
        <source>← &amp;Library</source>
        <translation>← &amp;Bibliothek</translation>
    </message>
    <message>
        <source>↑ ↓ to move · Enter to go · Esc to leave</source>
        <translation>↑ ↓ bewegt · Enter öffnet · Esc schließt</translation>
    </message>
    <message>
        <source>▲ above</source>
        <translation>▲ darüber</translation>
    </message>
    <message>
        <source>▲ better</source>
        <translation>▲ besser</translation>
    </message>
    <message>
        <source>▲ more since %1</source>
        <translation>▲ mehr seit %1</translation>
    </message>
    <message>
        <source>▸ The same in all (%1)</source>
        <translation>▸ In allen gleich (%1)</translation>
    </message>
    <message>
        <source>▼ below</source>
        <translation>▼ darunter</translation>
    </message>
    <message>
        <source>▼ less since %1</source>
        <translation>▼ weniger seit %1</translation>
    </message>
    <message>
        <source>▼ worse</source>
        <translation>▼ schlechter</translation>
    </message>
    <message>
        <source>▾ The same in all (%1)</source>
        <translation>▾ In allen gleich (%1)</translation>
    </message>
    <message>
        <source>○ This was not measured: the estimate stands</source>
        <translation>○ Das wurde nicht gemessen: die Schätzung gilt</translation>
    </message>
    <message>
        <source>● Exactly this was measured</source>
        <translation>● Genau das wurde gemessen</translation>
    </message>
    <message>
        <source>● Measured at the loads around this one: interpolated</source>
        <translation>● Bei den Lasten ringsum gemessen: interpoliert</translation>
    </message>
    <message>
        <source>● selected</source>
        <translation>● gewählt</translation>
    </message>
    <message>
        <source>★ recommended: </source>
        <translation>★ empfohlen: </translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>⚠ %1: “%2” is not used: %3</source>
        <translation>⚠ %1: „%2“ wird nicht genutzt: %3</translation>
    </message>
    <message>
        <source>✓ same release of the engine</source>
        <translation>✓ dieselbe Version der Engine</translation>
    </message>
    <message>
        <source>✓ within</source>
        <translation>✓ innerhalb</translation>
    </message>
    <message>
        <source>✗ another release of the engine: never applied by itself</source>
        <translation>✗ andere Version der Engine: nie von selbst angewandt</translation>
    </message>
</context>
</TS>
