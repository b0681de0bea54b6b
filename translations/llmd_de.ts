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
        <source>%1 %</source>
        <translation>%1 %</translation>
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
        <source>%1 (not available)</source>
        <translation>%1 (nicht verfügbar)</translation>
    </message>
    <message>
        <source>%1 (vLLM %2)</source>
        <translation>%1 (vLLM %2)</translation>
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
        <source>%1 at load</source>
        <translation>%1 beim Laden</translation>
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
        <source>%1 issues</source>
        <translation>%1 Probleme</translation>
    </message>
    <message>
        <source>%1 measurements</source>
        <translation>%1 Messungen</translation>
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
        <source>%1 of waiting prompts</source>
        <translation>%1 der wartenden Prompts</translation>
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
        <source>%1 replicas</source>
        <translation>%1 Replikas</translation>
    </message>
    <message>
        <source>%1 requests in flight</source>
        <translation>%1 Anfragen in Arbeit</translation>
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
        <source>%1 searched · %2 meet the targets · %3</source>
        <translation>%1 durchsucht · %2 erfüllen die Ziele · %3</translation>
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
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
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
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 × %2 (%3)</source>
        <translation>%1 × %2 (%3)</translation>
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
        <source>%1, %2 %3, %4/month</source>
        <translation>%1, %2 %3, %4/Monat</translation>
    </message>
    <message>
        <source>%1, %2 against the engine of the search</source>
        <translation>%1, %2 gegenüber der Engine der Suche</translation>
    </message>
    <message>
        <source>%1, difference</source>
        <translation>%1, Abweichung</translation>
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
        <source>%1, the cheapest for %2 per month.</source>
        <translation>%1, die günstigste mit %2 im Monat.</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1, dann %2</translation>
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
        <source>%1: %2 needed</source>
        <translation>%1: %2 nötig</translation>
    </message>
    <message>
        <source>%1: %2 servers
%3 planned, %4 of the peak</source>
        <translation>%1: %2 Server
%3 geplant, %4 der Spitze</translation>
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
        <source>%1[*] – llm-d Planner Workbench</source>
        <translation>%1[*] – llm-d Planner Workbench</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Über</translation>
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
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
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
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
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
        <source>&amp;Explore the options</source>
        <translation>Optionen &amp;erkunden</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Gateway</source>
        <translation>&amp;Gateway</translation>
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
        <source>&amp;Issues</source>
        <translation>&amp;Probleme</translation>
    </message>
    <message>
        <source>&amp;Keyboard and Mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
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
        <source>&amp;Next: %1</source>
        <translation>&amp;Weiter: %1</translation>
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
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
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
        <source>&amp;Save to folder…</source>
        <translation>In Ordner &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Versions</source>
        <translation>&amp;Versionen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
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
        <source>1 replica</source>
        <translation>1 Replika</translation>
    </message>
    <message>
        <source>1 score</source>
        <translation>1 Wert</translation>
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
        <source>A namespace has at most 63 lower-case letters, digits and “-”, and starts and ends with a letter or digit.</source>
        <translation>Ein Namespace hat höchstens 63 Kleinbuchstaben, Ziffern und „-“ und beginnt und endet mit Buchstabe oder Ziffer.</translation>
    </message>
    <message>
        <source>A prefix that many prompts share is computed once and then found in the cache, which saves prefill.</source>
        <translation>Ein Präfix, das viele Prompts teilen, wird einmal berechnet und dann im Cache gefunden; das spart Prefill.</translation>
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
        <source>Above %1 the best is %2</source>
        <translation>Über %1 ist %2 am besten</translation>
    </message>
    <message>
        <source>Absolute error [%]: mean, from the median to p90</source>
        <translation>Absoluter Fehler [%]: Mittel, vom Median bis p90</translation>
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
        <source>Add to Comparison</source>
        <translation>Zum Vergleich hinzufügen</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
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
        <source>All text parameters</source>
        <translation>Alle Textparameter</translation>
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
        <source>An external program, declared in %1.</source>
        <translation>Ein externes Programm, deklariert in %1.</translation>
    </message>
    <message>
        <source>Analytic</source>
        <translation>Analytisch</translation>
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
        <source>Approximated: %1</source>
        <translation>Angenähert: %1</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>Argument</translation>
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
        <source>As the use case says</source>
        <translation>Wie der Anwendungsfall sagt</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Asking engine “%1”</source>
        <translation>Engine „%1“ wird gefragt</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
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
        <source>Beside %1</source>
        <translation>Neben %1</translation>
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
        <source>By the number of models</source>
        <translation>Nach der Zahl der Modelle</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPUs</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV-Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>CSV with the columns model, benchmark, score, source and date</source>
        <translation>CSV mit den Spalten model, benchmark, score, source und date</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
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
        <source>Click a point</source>
        <translation>Klick auf einen Punkt</translation>
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
        <source>Compare</source>
        <translation>Vergleichen</translation>
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
        <source>Comparison: %1</source>
        <translation>Vergleich: %1</translation>
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
        <source>Confidence</source>
        <translation>Vertrauen</translation>
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
        <source>Covered</source>
        <translation>Abgedeckt</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Rad</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
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
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Distribution of prompt and output lengths</source>
        <translation>Verteilung der Prompt- und Ausgabelängen</translation>
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
        <source>Drop to open</source>
        <translation>Zum Öffnen ablegen</translation>
    </message>
    <message>
        <source>Dynamo %1 with vLLM %2 inside</source>
        <translation>Dynamo %1 mit vLLM %2 darin</translation>
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
        <source>End to end (E2E)</source>
        <translation>Ende zu Ende (E2E)</translation>
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
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Engines compared</source>
        <translation>Engines im Vergleich</translation>
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
        <source>Errors by class</source>
        <translation>Fehler nach Klasse</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Geschätzt</translation>
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
        <source>Figure</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Figure shown in the chart</source>
        <translation>Im Diagramm gezeigter Wert</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
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
        <source>Findings of the checks</source>
        <translation>Befunde der Prüfungen</translation>
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
        <source>Five options are compared already; take one out first.</source>
        <translation>Es werden schon fünf Optionen verglichen; erst eine herausnehmen.</translation>
    </message>
    <message>
        <source>Folder with YAML files that declare external engines; may be repeated.</source>
        <translation>Ordner mit YAML-Dateien, die externe Engines deklarieren; mehrfach möglich.</translation>
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
        <source>From</source>
        <translation>Von</translation>
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
        <source>GPUs of the whole deployment at the peak</source>
        <translation>GPUs des ganzen Deployments bei Spitzenlast</translation>
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
        <source>How each part follows</source>
        <translation>Wie jeder Teil folgt</translation>
    </message>
    <message>
        <source>How far over the limit the best of them is</source>
        <translation>Wie weit die beste davon über der Grenze liegt</translation>
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
        <source>ITL mean</source>
        <translation>ITL Mittel</translation>
    </message>
    <message>
        <source>ITL mean (TPOT)</source>
        <translation>ITL Mittel (TPOT)</translation>
    </message>
    <message>
        <source>ITL p95</source>
        <translation>ITL p95</translation>
    </message>
    <message>
        <source>ITL target out of reach</source>
        <translation>ITL-Ziel unerreichbar</translation>
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
        <source>Import Scores</source>
        <translation>Werte importieren</translation>
    </message>
    <message>
        <source>Import Scores…</source>
        <translation>Werte importieren …</translation>
    </message>
    <message>
        <source>Imported the scores of %1.</source>
        <translation>Die Werte von %1 sind importiert.</translation>
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
        <source>Instant</source>
        <translation>Sofort</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>Interaktiv</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>Bestand</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>Probleme</translation>
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
        <source>Keyboard and Mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
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
        <source>Leave this GPU out</source>
        <translation>Diese GPU auslassen</translation>
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
        <source>Load on the deployment [requests/s]</source>
        <translation>Last auf dem Deployment [Anfragen/s]</translation>
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
        <source>Look at the deployment files of an option and save them.</source>
        <translation>Die Deployment-Dateien einer Option ansehen und speichern.</translation>
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
        <source>Mark two to five options in Explore: the box in front of a row, “Compare” in its menu, or Ctrl+D. Here they stand side by side: what differs first, their trade-offs in one chart, and why one is in front of the other.</source>
        <translation>In „Erkunden“ zwei bis fünf Optionen markieren: das Kästchen vor einer Zeile, „Vergleichen“ in ihrem Menü oder Strg+D. Hier stehen sie nebeneinander: zuerst die Unterschiede, ihre Abwägungen in einem Diagramm und warum eine vor der anderen liegt.</translation>
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
        <source>Mean gap between two tokens of one answer (ITL, TPOT): how smoothly the text flows.</source>
        <translation>Mittlerer Abstand zweier Token einer Antwort (ITL, TPOT): wie flüssig der Text kommt.</translation>
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
        <source>Mean tokens of a prompt, with system prompt, history and retrieved text.</source>
        <translation>Mittlere Zahl der Token eines Prompts, mit Systemprompt, Verlauf und gefundenem Text.</translation>
    </message>
    <message>
        <source>Mean tokens of an answer, with reasoning tokens if the model thinks aloud.</source>
        <translation>Mittlere Zahl der Token einer Antwort, mit Denk-Token, wenn das Modell laut denkt.</translation>
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
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models of the catalog</source>
        <translation>Modelle des Katalogs</translation>
    </message>
    <message>
        <source>Models, hardware and prices</source>
        <translation>Modelle, Hardware und Preise</translation>
    </message>
    <message>
        <source>More GPUs needed than allowed</source>
        <translation>Mehr GPUs nötig als erlaubt</translation>
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
        <source>New From Sa&amp;mple</source>
        <translation>Neu aus &amp;Beispiel</translation>
    </message>
    <message>
        <source>Nine of ten errors are smaller</source>
        <translation>Neun von zehn Fehlern sind kleiner</translation>
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
        <source>No findings</source>
        <translation>Keine Befunde</translation>
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
        <source>Nothing is compared yet</source>
        <translation>Noch wird nichts verglichen</translation>
    </message>
    <message>
        <source>Nothing was exported yet. After the first export, this shows what a change of the plan restarts and how to apply it.</source>
        <translation>Noch wurde nichts exportiert. Nach dem ersten Export steht hier, was eine Änderung des Plans neu startet und wie sie angewendet wird.</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Nichts wurde abgelehnt.</translation>
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
        <source>Of the step, or of the time to the first token. Work that overlaps with other work has no share: its time is what it would take alone</source>
        <translation>Anteil am Schritt oder an der Zeit bis zum ersten Token. Mit anderer Arbeit überlappte Arbeit hat keinen Anteil: ihre Zeit ist die, die sie allein brauchte</translation>
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
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open Plan</source>
        <translation>Plan öffnen</translation>
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
        <source>Page Up, Page Down</source>
        <translation>Bild auf, Bild ab</translation>
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
        <source>Planned peak: %1</source>
        <translation>Geplante Spitze: %1</translation>
    </message>
    <message>
        <source>Planned: the share of the role's derate</source>
        <translation>Geplant: der Anteil nach Abschlag der Rolle</translation>
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
        <source>Plans, requirements, specs and sweeps (*.llmdplan *.yaml *.yml *.json);;All files (*)</source>
        <translation>Pläne, Anforderungen, Specs und Sweeps (*.llmdplan *.yaml *.yml *.json);;Alle Dateien (*)</translation>
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
        <source>Predicting…</source>
        <translation>Vorhersage läuft …</translation>
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
        <source>Prefix caching</source>
        <translation>Prefix-Caching</translation>
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
        <source>Progress of the running job</source>
        <translation>Fortschritt der laufenden Arbeit</translation>
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
        <source>Published scores of the model for this use case.</source>
        <translation>Veröffentlichte Werte des Modells für diesen Anwendungsfall.</translation>
    </message>
    <message>
        <source>Put the selected option on the Compare page or take it off</source>
        <translation>Die gewählte Option auf die Seite „Vergleichen“ bringen oder von dort nehmen</translation>
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
        <source>RDMA (InfiniBand or RoCE)</source>
        <translation>RDMA (InfiniBand oder RoCE)</translation>
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
        <source>Ray %1 with vLLM %2 inside</source>
        <translation>Ray %1 mit vLLM %2 darin</translation>
    </message>
    <message>
        <source>Ray Serve</source>
        <translation>Ray Serve</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
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
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
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
        <source>Request loss: %1</source>
        <translation>Verlorene Anfragen: %1</translation>
    </message>
    <message>
        <source>Request timeout</source>
        <translation>Zeitgrenze der Anfrage</translation>
    </message>
    <message>
        <source>Requests arrive at a given rate, as they do in production. The coefficients were fitted to these runs.</source>
        <translation>Anfragen kommen mit einer gegebenen Rate wie im Betrieb. An diese Läufe wurden die Koeffizienten angepasst.</translation>
    </message>
    <message>
        <source>Requests of all users together, averaged over the day: “12.5/s”, “300/min”, “1M/day”.</source>
        <translation>Anfragen aller Nutzer zusammen, über den Tag gemittelt: „12.5/s“, „300/min“, „1M/day“.</translation>
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
        <source>Review</source>
        <translation>Überprüfung</translation>
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
        <source>Router scores by</source>
        <translation>Router bewertet nach</translation>
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
        <source>Running per replica</source>
        <translation>Laufend je Replika</translation>
    </message>
    <message>
        <source>Running sequences of a replica as a share of max_num_seqs</source>
        <translation>Laufende Sequenzen einer Replika als Anteil von max_num_seqs</translation>
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
        <source>Scaling and routing</source>
        <translation>Skalierung und Routing</translation>
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
        <source>Scores of %1, of which this variant keeps %2</source>
        <translation>Werte von %1, von denen diese Variante %2 behält</translation>
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
        <source>Secret with the key HF_TOKEN, needed for models that ask for a licence; it is never written by us.</source>
        <translation>Secret mit dem Schlüssel HF_TOKEN, nötig für Modelle, die eine Lizenz verlangen; es wird nie von uns geschrieben.</translation>
    </message>
    <message>
        <source>Secret with which the nodes pull the images.</source>
        <translation>Secret, mit dem die Knoten die Images laden.</translation>
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
        <source>Selected option under load</source>
        <translation>Gewählte Option unter Last</translation>
    </message>
    <message>
        <source>Sequences of full length at once</source>
        <translation>Sequenzen voller Länge zugleich</translation>
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
        <source>Settings</source>
        <translation>Einstellungen</translation>
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
        <source>Show this page first.</source>
        <translation>Diese Seite zuerst zeigen.</translation>
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
        <source>Standard deviation of the output length as a share of its mean; 0 means that all are equally long.</source>
        <translation>Standardabweichung der Ausgabelänge als Anteil ihres Mittels; 0 heißt, dass alle gleich lang sind.</translation>
    </message>
    <message>
        <source>Standard deviation of the prompt length as a share of its mean; 0 means that all are equally long.</source>
        <translation>Standardabweichung der Promptlänge als Anteil ihres Mittels; 0 heißt, dass alle gleich lang sind.</translation>
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
        <source>T&amp;olerations</source>
        <translation>T&amp;olerations</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>TTFT mean</source>
        <translation>TTFT Mittel</translation>
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
        <source>TTFT target out of reach</source>
        <translation>TTFT-Ziel unerreichbar</translation>
    </message>
    <message>
        <source>Taints that the servers accept besides that of the GPUs: key, key=value or key=value:NoSchedule, separated by spaces.</source>
        <translation>Taints, die die Server neben dem der GPUs hinnehmen: key, key=value oder key=value:NoSchedule, durch Leerzeichen getrennt.</translation>
    </message>
    <message>
        <source>Take Off</source>
        <translation>Herausnehmen</translation>
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
        <source>Texts of a few paragraphs, translated on request.</source>
        <translation>Texte von wenigen Absätzen, auf Anfrage übersetzt.</translation>
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
        <source>The files say at their top that the plan does not fit.</source>
        <translation>Die Dateien sagen oben, dass der Plan nicht passt.</translation>
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
        <source>The option %1 is not among the present results.</source>
        <translation>Die Option %1 ist nicht unter den aktuellen Ergebnissen.</translation>
    </message>
    <message>
        <source>The option that is selected under Explore is of this class and predicted by this engine</source>
        <translation>Die unter „Erkunden“ gewählte Option ist von dieser Klasse und von dieser Engine vorhergesagt</translation>
    </message>
    <message>
        <source>The peak of %1 needs %2 prefill and %3 decode servers: each prefill server carries %4, each decode server %5.</source>
        <translation>Die Spitze von %1 braucht %2 Prefill- und %3 Decode-Server: jeder Prefill-Server trägt %4, jeder Decode-Server %5.</translation>
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
        <source>The plan to open.</source>
        <translation>Der zu öffnende Plan.</translation>
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
        <source>The same in all</source>
        <translation>In allen gleich</translation>
    </message>
    <message>
        <source>The same in both</source>
        <translation>In beiden gleich</translation>
    </message>
    <message>
        <source>The search was stopped early: these are the best options so far.</source>
        <translation>Die Suche wurde vorzeitig angehalten: das sind die bisher besten Optionen.</translation>
    </message>
    <message>
        <source>The text has a syntax error</source>
        <translation>Der Text hat einen Syntaxfehler</translation>
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
        <source>Time between tokens at the peak load, 95th percentile</source>
        <translation>Zeit zwischen Token bei Spitzenlast, 95. Perzentil</translation>
    </message>
    <message>
        <source>Time of a whole answer at the peak load, 95th percentile</source>
        <translation>Zeit einer ganzen Antwort bei Spitzenlast, 95. Perzentil</translation>
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
        <source>Translation</source>
        <translation>Übersetzung</translation>
    </message>
    <message>
        <source>Two to five options side by side, and why one is in front</source>
        <translation>Zwei bis fünf Optionen nebeneinander und warum eine vorn liegt</translation>
    </message>
    <message>
        <source>US$ per month</source>
        <translation>US$ im Monat</translation>
    </message>
    <message>
        <source>Under Load</source>
        <translation>Unter Last</translation>
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
        <source>Use case</source>
        <translation>Anwendungsfall</translation>
    </message>
    <message>
        <source>Use case and workload</source>
        <translation>Anwendungsfall und Last</translation>
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
        <source>Waiting for a seat</source>
        <translation>Warten auf einen Platz</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
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
        <source>What is the service for? The use case gives starting figures for load, lengths and latency targets; each of them can be changed in the next steps.</source>
        <translation>Wofür ist der Dienst? Der Anwendungsfall gibt Anfangswerte für Last, Längen und Latenzziele; jeder davon lässt sich in den nächsten Schritten ändern.</translation>
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
        <source>What the GPUs are made of</source>
        <translation>Woraus die GPUs bestehen</translation>
    </message>
    <message>
        <source>What the colours of the fields mean</source>
        <translation>Was die Farben der Felder bedeuten</translation>
    </message>
    <message>
        <source>What the errors mean</source>
        <translation>Was die Fehler bedeuten</translation>
    </message>
    <message>
        <source>What vLLM reports of its memory when it starts.</source>
        <translation>Was vLLM beim Start über seinen Speicher meldet.</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>Was verglichen wurde</translation>
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
        <source>Which models may be planned with. Without a choice the whole catalog is searched; check models to search only those. Drop a Hugging Face config.json here to add a model.</source>
        <translation>Mit welchen Modellen geplant werden darf. Ohne Auswahl wird der ganze Katalog durchsucht; Häkchen beschränken die Suche. Eine config.json von Hugging Face hier ablegen fügt ein Modell hinzu.</translation>
    </message>
    <message>
        <source>Which requests have to stay within the limit: p95 means 95 of 100.</source>
        <translation>Welche Anfragen in der Grenze bleiben müssen: p95 heißt 95 von 100.</translation>
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
        <source>Within targets</source>
        <translation>Innerhalb der Ziele</translation>
    </message>
    <message>
        <source>Within targets up to %1</source>
        <translation>Innerhalb der Ziele bis %1</translation>
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
        <source>Without a choice the best option of the current view is exported</source>
        <translation>Ohne Wahl wird die beste Option der aktuellen Sicht exportiert</translation>
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
        <source>Writing the deployment files</source>
        <translation>Deployment-Dateien werden geschrieben</translation>
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
        <source>assumed</source>
        <translation>angenommen</translation>
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
        <source>busy: prefill %1, decode %2</source>
        <translation>ausgelastet: Prefill %1, Decode %2</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
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
        <source>hybrid</source>
        <translation>hybrid</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
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
        <source>nine of ten within %2, but a few far off: %1 on average</source>
        <translation>neun von zehn innerhalb %2, aber wenige weit daneben: im Mittel %1</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
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
        <source>not stated</source>
        <translation>nicht angegeben</translation>
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
        <source>requests/s</source>
        <translation>Anfragen/s</translation>
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
        <source>used</source>
        <translation>belegt</translation>
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
        <source>vllm serve commands</source>
        <translation>vllm-serve-Befehle</translation>
    </message>
    <message>
        <source>walk along the points</source>
        <translation>an den Punkten entlang gehen</translation>
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
        <source>µs</source>
        <translation>µs</translation>
    </message>
    <message>
        <source>× mean</source>
        <translation>× Mittel</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>„%1“ hat ungespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>▲ better</source>
        <translation>▲ besser</translation>
    </message>
    <message>
        <source>▸ The same in all (%1)</source>
        <translation>▸ In allen gleich (%1)</translation>
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
        <source>● selected</source>
        <translation>● gewählt</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>⚠ %1: “%2” is not used: %3</source>
        <translation>⚠ %1: „%2“ wird nicht genutzt: %3</translation>
    </message>
</context>
</TS>
