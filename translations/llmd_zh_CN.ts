<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>llmd</name>
    <message>
        <source> There are few measurements, though.</source>
        <translation> 不过测量数据很少。</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 和 </translation>
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
        <translation>$/百万 token</translation>
    </message>
    <message>
        <source>$/month</source>
        <translation>$/月</translation>
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
每 GPU %2
每用户 %3（%4）</translation>
    </message>
    <message>
        <source>%1
%2 per month
%3 %4: %5 (%6)</source>
        <translation>%1
每月 %2
%3 %4：%5（%6）</translation>
    </message>
    <message>
        <source>%1
%2 per month, %3 per GPU and hour</source>
        <translation>%1
每月 %2，每 GPU 每小时 %3</translation>
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
%2：%3
%4：%5</translation>
    </message>
    <message>
        <source>%1
repeats: %2 to %3</source>
        <translation>%1
重复：%2 至 %3</translation>
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
        <translation>%1（批次上限的 %2）</translation>
    </message>
    <message>
        <source>%1 (%2 of what it serves)
%3 p50 %4, p95 %5, p99 %6 (%7)
%8
%9</source>
        <translation>%1（服务能力的 %2）
%3 p50 %4，p95 %5，p99 %6（%7）
%8
%9</translation>
    </message>
    <message>
        <source>%1 (%2 per replica)</source>
        <translation>%1（每副本 %2）</translation>
    </message>
    <message>
        <source>%1 (%2 – %3)</source>
        <translation>%1（%2 – %3）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 (does not exist)</source>
        <translation>%1（不存在）</translation>
    </message>
    <message>
        <source>%1 (not available)</source>
        <translation>%1（不可用）</translation>
    </message>
    <message>
        <source>%1 (not in the catalog)</source>
        <translation>%1（不在目录中）</translation>
    </message>
    <message>
        <source>%1 (p95, the usual one)</source>
        <translation>%1（p95，通常的百分位）</translation>
    </message>
    <message>
        <source>%1 (published)</source>
        <translation>%1（已发布）</translation>
    </message>
    <message>
        <source>%1 (vLLM %2)</source>
        <translation>%1（vLLM %2）</translation>
    </message>
    <message>
        <source>%1 (yours)</source>
        <translation>%1（您的）</translation>
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
        <translation>%1 个 GPU</translation>
    </message>
    <message>
        <source>%1 GPUs, %2 per month</source>
        <translation>%1 个 GPU，每月 %2</translation>
    </message>
    <message>
        <source>%1 Read on %2.</source>
        <translation>%1 读取于 %2。</translation>
    </message>
    <message>
        <source>%1 [%2]</source>
        <translation>%1 [%2]</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 及另外 %2 项</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1（表格）</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 at load</source>
        <translation>加载时 %1</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”. Choose other keys, or take them from it first.</source>
        <translation>%1 已属于“%2”。请选择其他按键，或先从该命令移除。</translation>
    </message>
    <message>
        <source>%1 by class for %2 classes; the smallest error is at the top.</source>
        <translation>%2 个类别的%1；误差最小的在最上面。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 decode</source>
        <translation>%1 个解码</translation>
    </message>
    <message>
        <source>%1 engines, each relative to “%2”.</source>
        <translation>%1 个引擎，均相对于“%2”。</translation>
    </message>
    <message>
        <source>%1 errors, %2 warnings. Click to show or hide the list.</source>
        <translation>%1 个错误，%2 个警告。点击可显示或隐藏列表。</translation>
    </message>
    <message>
        <source>%1 fields read</source>
        <translation>已读取 %1 个字段</translation>
    </message>
    <message>
        <source>%1 files in %2 have another content and would be replaced, among them %3.</source>
        <translation>%2 中有 %1 个文件内容不同，将被替换，其中包括 %3。</translation>
    </message>
    <message>
        <source>%1 files were saved to %2.</source>
        <translation>已将 %1 个文件保存到 %2。</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 项发现</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>%1 优先</translation>
    </message>
    <message>
        <source>%1 formats</source>
        <translation>%1 种格式</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>%1 in %2 has another content and would be replaced.</source>
        <translation>%2 中的 %1 内容不同，将被替换。</translation>
    </message>
    <message>
        <source>%1 in the mean</source>
        <translation>平均 %1</translation>
    </message>
    <message>
        <source>%1 issues</source>
        <translation>%1 个问题</translation>
    </message>
    <message>
        <source>%1 load points cannot be predicted: %2</source>
        <translation>有 %1 个负载点无法预测：%2</translation>
    </message>
    <message>
        <source>%1 load points in %2 reports were added, %3 reports were there already.</source>
        <translation>已添加 %2 份报告中的 %1 个负载点，%3 份报告已存在。</translation>
    </message>
    <message>
        <source>%1 load points in %2 reports; %3 already there, %4 left out, %5 cannot be read.</source>
        <translation>%2 份报告中有 %1 个负载点；%3 个已存在，%4 个被排除，%5 个无法读取。</translation>
    </message>
    <message>
        <source>%1 load points of %2 reports were added to the library.</source>
        <translation>已将 %2 份报告的 %1 个负载点加入测量库。</translation>
    </message>
    <message>
        <source>%1 measurements</source>
        <translation>%1 次测量</translation>
    </message>
    <message>
        <source>%1 measurements are back.</source>
        <translation>已恢复 %1 次测量。</translation>
    </message>
    <message>
        <source>%1 measurements were completed.</source>
        <translation>已补全 %1 次测量。</translation>
    </message>
    <message>
        <source>%1 measurements were deleted for good.</source>
        <translation>已永久删除 %1 次测量。</translation>
    </message>
    <message>
        <source>%1 measurements were removed.</source>
        <translation>已移除 %1 次测量。</translation>
    </message>
    <message>
        <source>%1 measurements; %2 more report the same in other formats</source>
        <translation>%1 次测量；另有 %2 次以其他格式报告了相同内容</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 个模型</translation>
    </message>
    <message>
        <source>%1 models have a score of it</source>
        <translation>%1 个模型有此项得分</translation>
    </message>
    <message>
        <source>%1 more weak spots are in the table.</source>
        <translation>表格中还有 %1 个薄弱点。</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 GPU types meet the targets; the cheapest is %3 with %4 per month.</source>
        <translation>%2 种 GPU 中有 %1 种满足目标；最便宜的是 %3，每月 %4。</translation>
    </message>
    <message>
        <source>%1 of %2 GPUs have a price and are considered.</source>
        <translation>%2 种 GPU 中有 %1 种有价格并被考虑。</translation>
    </message>
    <message>
        <source>%1 of %2 options meet the targets; %3 of them are on the frontier of cost and latency.</source>
        <translation>%2 个方案中有 %1 个满足目标；其中 %3 个位于成本与延迟的前沿上。</translation>
    </message>
    <message>
        <source>%1 of %2 options meet the targets; %3 of them are on the frontier of output per GPU and output per user.</source>
        <translation>%2 个方案中有 %1 个满足目标；其中 %3 个位于每 GPU 输出与每用户输出的前沿上。</translation>
    </message>
    <message>
        <source>%1 of %2 options, predicted by “%3”</source>
        <translation>%2 个方案中的 %1 个，由“%3”预测</translation>
    </message>
    <message>
        <source>%1 of %2 splits meet the targets; the cheapest has %3 prefill and %4 decode servers on %5 GPUs.</source>
        <translation>%2 种拆分中有 %1 种满足目标；最便宜的用 %5 个 GPU，含 %3 个预填充和 %4 个解码服务器。</translation>
    </message>
    <message>
        <source>%1 of the balanced score</source>
        <translation>综合得分的 %1</translation>
    </message>
    <message>
        <source>%1 of the compared options are not among the present results.</source>
        <translation>所比较的方案中有 %1 个不在当前结果中。</translation>
    </message>
    <message>
        <source>%1 of the requests within the targets</source>
        <translation>%1 的请求在目标之内</translation>
    </message>
    <message>
        <source>%1 of the way to an alarm, over %2 windows</source>
        <translation>已达告警阈值的 %1，历经 %2 个窗口</translation>
    </message>
    <message>
        <source>%1 of waiting prompts</source>
        <translation>等待中提示词的 %1</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>%1 on %2
%3</source>
        <translation>%2 上的 %1
%3</translation>
    </message>
    <message>
        <source>%1 on %2, %3</source>
        <translation>%2 上的 %1，%3</translation>
    </message>
    <message>
        <source>%1 on %2&lt;br/&gt;%3 weights · %4</source>
        <translation>%2 上的 %1&lt;br/&gt;%3 权重 · %4</translation>
    </message>
    <message>
        <source>%1 on each of %2 nodes</source>
        <translation>%2 个节点每个 %1</translation>
    </message>
    <message>
        <source>%1 options are compared already; take one out first</source>
        <translation>已在比较 %1 个方案；请先移出一个</translation>
    </message>
    <message>
        <source>%1 options meet the targets</source>
        <translation>%1 个方案满足目标</translation>
    </message>
    <message>
        <source>%1 options on %2 axes: %3.</source>
        <translation>%2 个坐标轴上的 %1 个方案：%3。</translation>
    </message>
    <message>
        <source>%1 per month</source>
        <translation>每月 %1</translation>
    </message>
    <message>
        <source>%1 prefill</source>
        <translation>%1 个预填充</translation>
    </message>
    <message>
        <source>%1 prefill and %2 decode servers</source>
        <translation>%1 个预填充和 %2 个解码服务器</translation>
    </message>
    <message>
        <source>%1 published scores, %2 of your own</source>
        <translation>%1 个已发布得分，%2 个自有得分</translation>
    </message>
    <message>
        <source>%1 published scores, none of your own</source>
        <translation>%1 个已发布得分，没有自有得分</translation>
    </message>
    <message>
        <source>%1 questions</source>
        <translation>%1 个问题</translation>
    </message>
    <message>
        <source>%1 questions are still open; their words changed nothing.</source>
        <translation>还有 %1 个问题未回答；相关文字未产生任何更改。</translation>
    </message>
    <message>
        <source>%1 replicas</source>
        <translation>%1 个副本</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 个请求</translation>
    </message>
    <message>
        <source>%1 requests in flight</source>
        <translation>%1 个处理中的请求</translation>
    </message>
    <message>
        <source>%1 requests per hour and user</source>
        <translation>每用户每小时 %1 个请求</translation>
    </message>
    <message>
        <source>%1 requests/s</source>
        <translation>%1 请求/s</translation>
    </message>
    <message>
        <source>%1 runs (%2): %3</source>
        <translation>%1 次运行（%2）：%3</translation>
    </message>
    <message>
        <source>%1 runs teach something about engine “%2”; %3 were left out. Nothing of it is stored: remove the runs, and it is gone.</source>
        <translation>%1 次运行为引擎“%2”提供了校准信息；%3 次被排除。这些信息不会被存储：移除运行后即消失。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 scores</source>
        <translation>%1 个得分</translation>
    </message>
    <message>
        <source>%1 scores would be imported as yours.</source>
        <translation>将导入 %1 个得分作为您的得分。</translation>
    </message>
    <message>
        <source>%1 searched · %2 meet the targets · %3</source>
        <translation>已搜索 %1 · %2 个满足目标 · %3</translation>
    </message>
    <message>
        <source>%1 sent, %2 failed, %3 cut off by the end of the run</source>
        <translation>发送 %1，失败 %2，运行结束时截断 %3</translation>
    </message>
    <message>
        <source>%1 target</source>
        <translation>%1 目标</translation>
    </message>
    <message>
        <source>%1 target, %2</source>
        <translation>%1 目标，%2</translation>
    </message>
    <message>
        <source>%1 times the mean</source>
        <translation>平均值的 %1 倍</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个 token</translation>
    </message>
    <message>
        <source>%1 tokens on average</source>
        <translation>平均 %1 个 token</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 token/s</translation>
    </message>
    <message>
        <source>%1 was added to your models and is searched from now on.</source>
        <translation>已将 %1 加入您的模型，从现在起参与搜索。</translation>
    </message>
    <message>
        <source>%1 was removed from your models.</source>
        <translation>已将 %1 从您的模型中移除。</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · changed %2</source>
        <translation>%1 · 更改于 %2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 × %2 (%3)</source>
        <translation>%1 × %2（%3）</translation>
    </message>
    <message>
        <source>%1 × %2 (nodes of %3)</source>
        <translation>%1 × %2（每节点 %3 个）</translation>
    </message>
    <message>
        <source>%1 × %2, tensor parallel %3</source>
        <translation>%1 × %2，张量并行 %3</translation>
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
        <translation>%1 – 比较</translation>
    </message>
    <message>
        <source>%1 … %2</source>
        <translation>%1 … %2</translation>
    </message>
    <message>
        <source>%1 → %2 tokens</source>
        <translation>%1 → %2 个 token</translation>
    </message>
    <message>
        <source>%1 → %2 tokens, peak %3 × the mean
limits: %4
priorities: cost %5, latency %6, quality %7, simplicity %8</source>
        <translation>%1 → %2 个 token，峰值为平均的 %3 倍
限制：%4
优先级：成本 %5，延迟 %6，质量 %7，简单性 %8</translation>
    </message>
    <message>
        <source>%1 ≤ %2</source>
        <translation>%1 ≤ %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, %2
%3: %4 measurements
mean %5, median %6, nine of ten below %7</source>
        <translation>%1，%2
%3：%4 次测量
平均 %5，中位数 %6，九成低于 %7</translation>
    </message>
    <message>
        <source>%1, %2
observed %3
predicted %4</source>
        <translation>%1，%2
观测 %3
预测 %4</translation>
    </message>
    <message>
        <source>%1, %2 %3, %4/month</source>
        <translation>%1，%2 %3，%4/月</translation>
    </message>
    <message>
        <source>%1, %2 against the engine of the search</source>
        <translation>%1，与搜索所用引擎相比 %2</translation>
    </message>
    <message>
        <source>%1, %2 inside the 90 % interval</source>
        <translation>%1，%2 在 90 % 区间内</translation>
    </message>
    <message>
        <source>%1, completed by hand</source>
        <translation>%1，手动补全</translation>
    </message>
    <message>
        <source>%1, data parallel %2</source>
        <translation>%1，数据并行 %2</translation>
    </message>
    <message>
        <source>%1, difference</source>
        <translation>%1，差异</translation>
    </message>
    <message>
        <source>%1, expert parallel</source>
        <translation>%1，专家并行</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>%1, line %2, column %3</source>
        <translation>%1，第 %2 行第 %3 列</translation>
    </message>
    <message>
        <source>%1, pinned, %2</source>
        <translation>%1，已固定，%2</translation>
    </message>
    <message>
        <source>%1, pipeline parallel %2</source>
        <translation>%1，流水线并行 %2</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1，预测</translation>
    </message>
    <message>
        <source>%1, the cheapest for %2 per month.</source>
        <translation>%1，最便宜，每月 %2。</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1，然后 %2</translation>
    </message>
    <message>
        <source>%1, …</source>
        <translation>%1，…</translation>
    </message>
    <message>
        <source>%1. Figures at the peak load, predicted by engine “%2”; in brackets 90 % intervals. Bold: the best of the row.</source>
        <translation>%1。峰值负载下的数值，由引擎“%2”预测；括号内为 90 % 区间。粗体：该行最佳。</translation>
    </message>
    <message>
        <source>%1/s, %2 × the peak</source>
        <translation>%1/s，峰值的 %2 倍</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2
%3 (%4)</source>
        <translation>%1：%2
%3（%4）</translation>
    </message>
    <message>
        <source>%1: %2
A click shows the words that it came from.</source>
        <translation>%1：%2
单击可显示其来源文字。</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>%1: %2 needed</source>
        <translation>%1：需要 %2</translation>
    </message>
    <message>
        <source>%1: %2 series, %3 points.</source>
        <translation>%1：%2 个系列，%3 个点。</translation>
    </message>
    <message>
        <source>%1: %2 servers
%3 planned, %4 of the peak</source>
        <translation>%1：%2 个服务器
计划 %3，峰值的 %4</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>%1: %2, %3 parameters (%4 active), %5 weights, context of %6 tokens.</source>
        <translation>%1：%2，%3 个参数（%4 个激活），%5 权重，上下文 %6 个 token。</translation>
    </message>
    <message>
        <source>%1: comparison of %2 options</source>
        <translation>%1：%2 个方案的比较</translation>
    </message>
    <message>
        <source>%1: mean %2, p95 %3 tokens</source>
        <translation>%1：平均 %2，p95 %3 个 token</translation>
    </message>
    <message>
        <source>%1: observed %2 %4, predicted %3 %4.</source>
        <translation>%1：观测 %2 %4，预测 %3 %4。</translation>
    </message>
    <message>
        <source>%1: planned %2, running %3</source>
        <translation>%1：计划 %2，运行 %3</translation>
    </message>
    <message>
        <source>%1[*] – llm-d Planner Workbench</source>
        <translation>%1[*] – llm-d Planner Workbench</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>添加文件夹(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Apply to the Plan</source>
        <translation>应用到规划(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Autoscaler</source>
        <translation>自动扩缩器(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Baseline</source>
        <translation>基准(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Check for Damage</source>
        <translation>检查损坏(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Close Window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Compare %1</source>
        <translation>比较 %1(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Compare with another export…</source>
        <translation>与另一次导出比较(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Compared with</source>
        <translation>对比对象(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy all files</source>
        <translation>复制所有文件(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Correct estimates with what these runs teach</source>
        <translation>用这些运行得出的结果校正估算(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Data folder</source>
        <translation>数据文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Distributions</source>
        <translation>分布(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Engine</source>
        <translation>引擎(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Engine of new plans:</source>
        <translation>新规划的引擎(&amp;E)：</translation>
    </message>
    <message>
        <source>&amp;Engine version</source>
        <translation>引擎版本(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Every</source>
        <translation>间隔(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Explore the options</source>
        <translation>浏览方案(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export Whole Library…</source>
        <translation>导出整个测量库(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Files and Archives…</source>
        <translation>文件和归档(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Folders with declarations of external engines</source>
        <translation>含外部引擎声明的文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;GPU</source>
        <translation>GPU(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Gateway</source>
        <translation>网关(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Group load points of one deployment</source>
        <translation>将同一部署的负载点分组(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Hugging Face secret</source>
        <translation>Hugging Face 密钥(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Image pull secret</source>
        <translation>镜像拉取密钥(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>导入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Import Benchmark Reports…</source>
        <translation>导入基准测试报告(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Issues</source>
        <translation>问题(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and Mouse</source>
        <translation>键盘和鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keys of “%1”:</source>
        <translation>“%1”的按键(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Keys:</source>
        <translation>按键(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>测量库(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Logo</source>
        <translation>徽标(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;More options</source>
        <translation>更多选项(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Name of the preset</source>
        <translation>预设名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>命名空间(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;New Plan</source>
        <translation>新建规划(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next: %1</source>
        <translation>下一步(&amp;N)：%1</translation>
    </message>
    <message>
        <source>&amp;No Keys</source>
        <translation>无按键(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Notes</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Number of GPUs</source>
        <translation>GPU 数量(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open the plans of last time</source>
        <translation>打开上次的规划(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Option</source>
        <translation>方案(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>固定(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>规划(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Precision of the weights</source>
        <translation>权重精度(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Price list:</source>
        <translation>价目表(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Prometheus</source>
        <translation>&amp;Prometheus</translation>
    </message>
    <message>
        <source>&amp;Quality from</source>
        <translation>质量来源(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;RDMA resource</source>
        <translation>RDMA 资源(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Read from</source>
        <translation>读取来源(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Remove From the List</source>
        <translation>从列表中移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>报告(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Save Report…</source>
        <translation>保存报告(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Save to folder…</source>
        <translation>保存到文件夹(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Search Everything…</source>
        <translation>搜索全部内容(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Share Runs…</source>
        <translation>共享运行(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>跳过(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Summary</source>
        <translation>摘要(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Take Over Runs…</source>
        <translation>并入运行(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Take Over a Library…</source>
        <translation>并入测量库(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>测试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Theme:</source>
        <translation>主题(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Token from</source>
        <translation>令牌来源(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Tour of the Workbench</source>
        <translation>工作台导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>URL(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Usual Folder</source>
        <translation>常用文件夹(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Versions</source>
        <translation>版本(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Versions:</source>
        <translation>版本(&amp;V)：</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Why Not This One?</source>
        <translation>为何不是这个？(&amp;W)</translation>
    </message>
    <message>
        <source>(free)</source>
        <translation>（空闲）</translation>
    </message>
    <message>
        <source>+ and −</source>
        <translation>+ 和 −</translation>
    </message>
    <message>
        <source>0 = none</source>
        <translation>0 = 无</translation>
    </message>
    <message>
        <source>0 to 100</source>
        <translation>0 到 100</translation>
    </message>
    <message>
        <source>0 to 100 from published benchmark scores for this use case; “no data” where none is published</source>
        <translation>0 到 100，根据此用例已发布的基准测试得分；没有发布的显示“无数据”</translation>
    </message>
    <message>
        <source>0 to 100, higher is cheaper</source>
        <translation>0 到 100，越高越便宜</translation>
    </message>
    <message>
        <source>0 to 100, higher is faster</source>
        <translation>0 到 100，越高越快</translation>
    </message>
    <message>
        <source>0 to 100: fewer GPUs, replicas and moving parts are better</source>
        <translation>0 到 100：GPU、副本和活动部件越少越好</translation>
    </message>
    <message>
        <source>0 to 100: the four scores under your priorities</source>
        <translation>0 到 100：按您的优先级合成的四项得分</translation>
    </message>
    <message>
        <source>0: in place, 1: batch settings, 2: workers restart in turn, 3: new deployment beside the old one</source>
        <translation>0：原地生效，1：批处理设置，2：工作进程依次重启，3：在旧部署旁新建部署</translation>
    </message>
    <message>
        <source>1 GPU</source>
        <translation>1 个 GPU</translation>
    </message>
    <message>
        <source>1 field read</source>
        <translation>已读取 1 个字段</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 项发现</translation>
    </message>
    <message>
        <source>1 issue</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>1 measurement</source>
        <translation>1 次测量</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 个模型</translation>
    </message>
    <message>
        <source>1 option meets the targets</source>
        <translation>1 个方案满足目标</translation>
    </message>
    <message>
        <source>1 question</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>1 replica</source>
        <translation>1 个副本</translation>
    </message>
    <message>
        <source>1 score</source>
        <translation>1 个得分</translation>
    </message>
    <message>
        <source>1 score would be imported as yours.</source>
        <translation>将导入 1 个得分作为您的得分。</translation>
    </message>
    <message>
        <source>1/s</source>
        <translation>1/s</translation>
    </message>
    <message>
        <source>90 % interval</source>
        <translation>90 % 区间</translation>
    </message>
    <message>
        <source>90 % interval of the mean, or why there is none</source>
        <translation>平均值的 90 % 区间，或没有区间的原因</translation>
    </message>
    <message>
        <source>90 % interval of the tail</source>
        <translation>尾部的 90 % 区间</translation>
    </message>
    <message>
        <source>; mostly too high, by %1</source>
        <translation>；大多偏高 %1</translation>
    </message>
    <message>
        <source>; mostly too low, by %1</source>
        <translation>；大多偏低 %1</translation>
    </message>
    <message>
        <source>; only %1 inside the 90 % interval</source>
        <translation>；仅 %1 在 90 % 区间内</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1%2&lt;/b&gt; (%3)&lt;br&gt;%4%5</source>
        <translation>&lt;b&gt;%1%2&lt;/b&gt;（%3）&lt;br&gt;%4%5</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1.&lt;/b&gt; %2 %3</source>
        <translation>&lt;b&gt;%1。&lt;/b&gt;%2 %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; = %2%3 · %4</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; = %2%3 · %4</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; by engine “%2”, %3.</source>
        <translation>引擎“%2”的 &lt;b&gt;%1&lt;/b&gt;，%3。</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; on %2, %3</source>
        <translation>%2 上的 &lt;b&gt;%1&lt;/b&gt;，%3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 alone, overlapping with other work</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · 单独耗时 %2，与其他工作重叠</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; · %2 · %3</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; · %2 · %3</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;：%2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Near saturation&lt;/b&gt; a few percent of the step time decide whether requests queue. The program then says so instead of showing an interval: plan head-room, do not trust the figure.</source>
        <translation>&lt;b&gt;接近饱和&lt;/b&gt;时，步骤时间的百分之几就决定请求是否排队。此时程序会如实说明而不显示区间：请规划余量，不要依赖该数值。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Never measured:&lt;/b&gt; %1. These GPUs enter by their datasheets.</source>
        <translation>&lt;b&gt;从未测量：&lt;/b&gt;%1。这些 GPU 按其数据手册计算。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;llm-d Planner Workbench %1&lt;/h3&gt;&lt;p&gt;Plans how to serve a language model with llm-d: offline, with honest error bars.&lt;/p&gt;&lt;p&gt;Figures are estimates unless they are labelled as benchmarked. Core: Apache-2.0; desktop program: GPL-3.0-or-later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;llm-d Planner Workbench %1&lt;/h3&gt;&lt;p&gt;规划如何用 llm-d 提供语言模型服务：离线运行，误差范围如实给出。&lt;/p&gt;&lt;p&gt;除标为“实测”的以外，数值均为估算。核心：Apache-2.0；桌面程序：GPL-3.0-or-later。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Select an option in the table or in the chart.&lt;/p&gt;</source>
        <translation>&lt;p&gt;请在表格或图表中选择一个方案。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>= tied</source>
        <translation>= 持平</translation>
    </message>
    <message>
        <source>? open</source>
        <translation>? 未定</translation>
    </message>
    <message>
        <source>? version not stated: cannot be verified</source>
        <translation>? 未注明版本：无法核实</translation>
    </message>
    <message>
        <source>A change that chance does not explain: fewer than one window in 14,000 raises a false alarm</source>
        <translation>偶然因素无法解释的变化：每 14,000 个窗口中误报不到一个</translation>
    </message>
    <message>
        <source>A class sets the first two limits at once, both at p95.</source>
        <translation>等级同时设定前两项限制，均为 p95。</translation>
    </message>
    <message>
        <source>A decode step takes %1; the largest part is “%2” with %3.</source>
        <translation>一个解码步骤需要 %1；最大的部分是“%2”，为 %3。</translation>
    </message>
    <message>
        <source>A double click opens an address in the browser</source>
        <translation>双击可在浏览器中打开地址</translation>
    </message>
    <message>
        <source>A field has the wrong type</source>
        <translation>某个字段的类型错误</translation>
    </message>
    <message>
        <source>A field is missing</source>
        <translation>缺少某个字段</translation>
    </message>
    <message>
        <source>A figure counts as weak if it is off by %1 or more on average, biased by %2 or more, or if fewer than %3 of the measurements lie inside the 90 % interval.</source>
        <translation>平均偏差达到 %1、偏向达到 %2，或落在 90 % 区间内的测量不足 %3 的数值视为薄弱。</translation>
    </message>
    <message>
        <source>A file cannot be read or written</source>
        <translation>无法读取或写入文件</translation>
    </message>
    <message>
        <source>A fixed number of requests is kept in flight; prompts are never cached.</source>
        <translation>保持固定数量的请求在处理中；提示词从不命中缓存。</translation>
    </message>
    <message>
        <source>A guide asks for use case, load, targets and hardware.</source>
        <translation>通过向导填写用例、负载、目标和硬件。</translation>
    </message>
    <message>
        <source>A namespace has at most 63 lower-case letters, digits and “-”, and starts and ends with a letter or digit.</source>
        <translation>命名空间最多 63 个小写字母、数字和“-”，并以字母或数字开头和结尾。</translation>
    </message>
    <message>
        <source>A prefix that many prompts share is computed once and then found in the cache, which saves prefill.</source>
        <translation>许多提示词共有的前缀只计算一次，之后可在缓存中找到，从而节省预填充。</translation>
    </message>
    <message>
        <source>A saved plan, requirements or an InferenceService in YAML, the result of a sweep.</source>
        <translation>已保存的规划、YAML 格式的需求或 InferenceService，或扫描结果。</translation>
    </message>
    <message>
        <source>A value is not allowed</source>
        <translation>某个值不被允许</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>About This &amp;Page</source>
        <translation>关于此页(&amp;P)</translation>
    </message>
    <message>
        <source>Above %1 the best is %2</source>
        <translation>高于 %1 时最佳的是 %2</translation>
    </message>
    <message>
        <source>Absolute error [%]: mean, from the median to p90</source>
        <translation>绝对误差 [%]：平均值，以及中位数到 p90</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Accept as &amp;Validated Benchmark</source>
        <translation>接受为已验证的基准测试(&amp;V)</translation>
    </message>
    <message>
        <source>Accepted. %1</source>
        <translation>已接受。%1</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确度</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add &amp;Missing…</source>
        <translation>补充缺失项(&amp;M)…</translation>
    </message>
    <message>
        <source>Add What the Report Does Not Say</source>
        <translation>补充报告未说明的内容</translation>
    </message>
    <message>
        <source>Add a model by its config.json</source>
        <translation>通过 config.json 添加模型</translation>
    </message>
    <message>
        <source>Add config.json…</source>
        <translation>添加 config.json…</translation>
    </message>
    <message>
        <source>Add it as</source>
        <translation>添加为</translation>
    </message>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Add one of the best options of the present view</source>
        <translation>添加当前视图中最好的方案之一</translation>
    </message>
    <message>
        <source>Add or &amp;correct</source>
        <translation>补充或更正(&amp;C)</translation>
    </message>
    <message>
        <source>Add to Comparison</source>
        <translation>加入比较</translation>
    </message>
    <message>
        <source>Add where the reports do not say it (marked as added by hand)</source>
        <translation>在报告未说明之处添加（标为手动添加）</translation>
    </message>
    <message>
        <source>Added: %1</source>
        <translation>已添加：%1</translation>
    </message>
    <message>
        <source>Adding what is missing</source>
        <translation>正在补充缺失项</translation>
    </message>
    <message>
        <source>Addition or correction %1</source>
        <translation>补充或更正 %1</translation>
    </message>
    <message>
        <source>Address of Prometheus</source>
        <translation>Prometheus 的地址</translation>
    </message>
    <message>
        <source>Addresses of the model servers, separated by spaces</source>
        <translation>模型服务器的地址，以空格分隔</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>After (calibrated)</source>
        <translation>之后（已校准）</translation>
    </message>
    <message>
        <source>Against “%1” [%]</source>
        <translation>相对于“%1” [%]</translation>
    </message>
    <message>
        <source>Aggregated</source>
        <translation>聚合</translation>
    </message>
    <message>
        <source>Aim</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Aim per replica</source>
        <translation>每副本目标值</translation>
    </message>
    <message>
        <source>All %1 GPUs</source>
        <translation>全部 %1 个 GPU</translation>
    </message>
    <message>
        <source>All %1 models</source>
        <translation>全部 %1 个模型</translation>
    </message>
    <message>
        <source>All %1 models of the catalog are considered.</source>
        <translation>目录中的全部 %1 个模型都会被考虑。</translation>
    </message>
    <message>
        <source>All GPUs</source>
        <translation>所有 GPU</translation>
    </message>
    <message>
        <source>All GPUs but %1 are considered.</source>
        <translation>除 %1 个外的所有 GPU 都会被考虑。</translation>
    </message>
    <message>
        <source>All GPUs but one are considered.</source>
        <translation>除一个外的所有 GPU 都会被考虑。</translation>
    </message>
    <message>
        <source>All but %1</source>
        <translation>除 %1 外全部</translation>
    </message>
    <message>
        <source>All checks passed for the %1 files.</source>
        <translation>%1 个文件的所有检查均已通过。</translation>
    </message>
    <message>
        <source>All configurations that meet the targets, ranked, with charts. Drag a target line and the ranking follows. What was refused says why.</source>
        <translation>满足目标的所有配置，按名次排列并附图表。拖动目标线，排名随之变化。被排除的配置会说明原因。</translation>
    </message>
    <message>
        <source>All configurations that meet the targets, ranked. Choose a view above the table, filter, and select an option to see its latencies, memory and time of a step. Drag a target line in the chart of cost and latency, or move the priorities: the ranking follows at once. Escape takes a drag back.</source>
        <translation>满足目标的所有配置，按名次排列。在表格上方选择视图、筛选，并选择一个方案查看其延迟、内存和步骤时间。在成本与延迟图表中拖动目标线，或调整优先级：排名立即随之变化。按 Esc 可取消拖动。</translation>
    </message>
    <message>
        <source>All equal</source>
        <translation>全部相同</translation>
    </message>
    <message>
        <source>All files in one .tar.gz or .zip</source>
        <translation>将所有文件打包为一个 .tar.gz 或 .zip</translation>
    </message>
    <message>
        <source>All files were copied, each under a comment with its name.</source>
        <translation>已复制所有文件，每个文件前有其名称的注释。</translation>
    </message>
    <message>
        <source>All measurements</source>
        <translation>所有测量</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>All sources</source>
        <translation>所有来源</translation>
    </message>
    <message>
        <source>All text parameters</source>
        <translation>全部文本参数</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>所有用户合计</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>Allow %1</source>
        <translation>允许 %1</translation>
    </message>
    <message>
        <source>Also in the file</source>
        <translation>文件中的其他内容</translation>
    </message>
    <message>
        <source>An external program, declared in %1.</source>
        <translation>在 %1 中声明的外部程序。</translation>
    </message>
    <message>
        <source>Analytic</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>Another configuration than planned</source>
        <translation>与规划不同的配置</translation>
    </message>
    <message>
        <source>Answer in Words…</source>
        <translation>用文字回答…</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Answers from retrieved passages of the organisation's documents.</source>
        <translation>根据检索到的组织内部文档段落作答。</translation>
    </message>
    <message>
        <source>Any format is considered unless you check some.</source>
        <translation>若未勾选任何格式，则考虑所有格式。</translation>
    </message>
    <message>
        <source>Any server with an OpenAI-compatible API, for example Ollama or vLLM. The words of a description are sent there when you press “Ask”, and at no other time. What it proposes is checked and never used without your consent.</source>
        <translation>任何具有 OpenAI 兼容 API 的服务器，例如 Ollama 或 vLLM。描述文字仅在您按下“询问”时发送到该处，其他时候不会发送。其建议会经过检查，未经您同意绝不使用。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Apply the description</source>
        <translation>应用描述</translation>
    </message>
    <message>
        <source>Apply would change %1 of these. What is not stated stays as it is.</source>
        <translation>应用后将更改其中 %1 项。未说明的内容保持不变。</translation>
    </message>
    <message>
        <source>Apply would change 1 of these. What is not stated stays as it is.</source>
        <translation>应用后将更改其中 1 项。未说明的内容保持不变。</translation>
    </message>
    <message>
        <source>Approximated: %1</source>
        <translation>近似：%1</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Are these tokens of the prompt, of the output, or of both together?</source>
        <translation>这些 token 是提示词的、输出的，还是两者合计？</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Arguments and images follow the version row of the plan. Nothing is written before you choose a folder, and existing files are replaced only after a question.</source>
        <translation>参数和镜像遵循规划的版本组合。在您选择文件夹之前不会写入任何内容，替换现有文件前会先询问。</translation>
    </message>
    <message>
        <source>Articles, mails and marketing texts from a short brief.</source>
        <translation>根据简短要求撰写文章、邮件和营销文案。</translation>
    </message>
    <message>
        <source>As published, 0 to 100</source>
        <translation>按发布值，0 到 100</translation>
    </message>
    <message>
        <source>As the catalog has it</source>
        <translation>与目录一致</translation>
    </message>
    <message>
        <source>As the desktop has it</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>As the use case says</source>
        <translation>按用例设定</translation>
    </message>
    <message>
        <source>As web page, PDF, Markdown or table</source>
        <translation>网页、PDF、Markdown 或表格</translation>
    </message>
    <message>
        <source>As&amp;k the Language Model</source>
        <translation>询问语言模型(&amp;K)</translation>
    </message>
    <message>
        <source>Ask Again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>Asking engine “%1”</source>
        <translation>正在询问引擎“%1”</translation>
    </message>
    <message>
        <source>Asking the language model</source>
        <translation>正在询问语言模型</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>At the planned peak</source>
        <translation>在计划峰值时</translation>
    </message>
    <message>
        <source>At the start:</source>
        <translation>启动时：</translation>
    </message>
    <message>
        <source>Attention weights</source>
        <translation>注意力权重</translation>
    </message>
    <message>
        <source>BF16</source>
        <translation>BF16</translation>
    </message>
    <message>
        <source>Back to the library (Esc)</source>
        <translation>返回测量库 (Esc)</translation>
    </message>
    <message>
        <source>Back to the priorities of the use case</source>
        <translation>恢复用例的优先级</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Balanced score</source>
        <translation>综合得分</translation>
    </message>
    <message>
        <source>Balanced under your priorities</source>
        <translation>按您的优先级均衡</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>条</translation>
    </message>
    <message>
        <source>Base model, not tuned for instructions</source>
        <translation>基础模型，未经指令微调</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Before (raw)</source>
        <translation>之前（原始）</translation>
    </message>
    <message>
        <source>Begin a plan or open one</source>
        <translation>新建或打开规划</translation>
    </message>
    <message>
        <source>Begin a plan: with the guide, from words, from a use case or from a sample; or open a plan, requirements or a declarative spec. Files can be dropped anywhere on the window. Pinned plans stay at the top of the list.</source>
        <translation>开始规划：通过向导、文字描述、用例或示例；或打开规划、需求或声明式规格。文件可拖放到窗口任意位置。固定的规划保持在列表顶部。</translation>
    </message>
    <message>
        <source>Begin with a use case</source>
        <translation>从用例开始</translation>
    </message>
    <message>
        <source>Below %1 the best is %2</source>
        <translation>低于 %1 时最佳的是 %2</translation>
    </message>
    <message>
        <source>Below it the difference to the engine of the search</source>
        <translation>下方为与搜索所用引擎的差异</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Benchmarked</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Beside %1</source>
        <translation>与 %1 并列</translation>
    </message>
    <message>
        <source>Beside each run what the engine of the plan predicts for it</source>
        <translation>在每次运行旁显示规划所用引擎对它的预测</translation>
    </message>
    <message>
        <source>Best of the %1 view</source>
        <translation>“%1”视图中的最佳</translation>
    </message>
    <message>
        <source>Best quality</source>
        <translation>最佳质量</translation>
    </message>
    <message>
        <source>Between tokens (ITL)</source>
        <translation>token 间隔 (ITL)</translation>
    </message>
    <message>
        <source>Beyond what was fitted</source>
        <translation>超出拟合范围</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Budget (gpu_memory_utilization)</source>
        <translation>预算 (gpu_memory_utilization)</translation>
    </message>
    <message>
        <source>Budget per month</source>
        <translation>每月预算</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Built-in measurements are tables of published figures; there is no report file.</source>
        <translation>内置测量是已发布数值的表格；没有报告文件。</translation>
    </message>
    <message>
        <source>Burstiness</source>
        <translation>突发性</translation>
    </message>
    <message>
        <source>By the number of models</source>
        <translation>按模型数量</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>CSV with the columns model, benchmark, score, source and date, results of lm-evaluation-harness (JSON) or a summary of OpenCompass (CSV)</source>
        <translation>含 model、benchmark、score、source 和 date 列的 CSV，lm-evaluation-harness 的结果 (JSON) 或 OpenCompass 的摘要 (CSV)</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA 图</translation>
    </message>
    <message>
        <source>Cali&amp;brate…</source>
        <translation>校准(&amp;B)…</translation>
    </message>
    <message>
        <source>Calibrate With Your Runs</source>
        <translation>用您的运行校准</translation>
    </message>
    <message>
        <source>Calibrating</source>
        <translation>正在校准</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cannot run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Capacity [requests/s]</source>
        <translation>容量 [请求/s]</translation>
    </message>
    <message>
        <source>Capacity of prefill and decode servers</source>
        <translation>预填充和解码服务器的容量</translation>
    </message>
    <message>
        <source>Capacity within the targets</source>
        <translation>目标之内的容量</translation>
    </message>
    <message>
        <source>Causes and suggestions</source>
        <translation>原因与建议</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>更改%1</translation>
    </message>
    <message>
        <source>Change %1 Target</source>
        <translation>更改 %1 目标</translation>
    </message>
    <message>
        <source>Change Engine</source>
        <translation>更改引擎</translation>
    </message>
    <message>
        <source>Change Priorities</source>
        <translation>更改优先级</translation>
    </message>
    <message>
        <source>Change Requirements</source>
        <translation>更改需求</translation>
    </message>
    <message>
        <source>Change View</source>
        <translation>更改视图</translation>
    </message>
    <message>
        <source>Change how many %1 there are</source>
        <translation>更改 %1 的数量</translation>
    </message>
    <message>
        <source>Change the KV transfer</source>
        <translation>更改 KV 传输</translation>
    </message>
    <message>
        <source>Change the percentile of %1</source>
        <translation>更改%1的百分位</translation>
    </message>
    <message>
        <source>Change the price list</source>
        <translation>更改价目表</translation>
    </message>
    <message>
        <source>Change the price of %1</source>
        <translation>更改 %1 的价格</translation>
    </message>
    <message>
        <source>Change the title</source>
        <translation>更改标题</translation>
    </message>
    <message>
        <source>Change the topology</source>
        <translation>更改拓扑</translation>
    </message>
    <message>
        <source>Change the version row</source>
        <translation>更改版本组合</translation>
    </message>
    <message>
        <source>Change the weight of %1</source>
        <translation>更改%1的权重</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>Changes (level %1)</source>
        <translation>变更（级别 %1）</translation>
    </message>
    <message>
        <source>Chart: %1</source>
        <translation>图表：%1</translation>
    </message>
    <message>
        <source>Charts of the options</source>
        <translation>方案图表</translation>
    </message>
    <message>
        <source>Chatbot</source>
        <translation>聊天机器人</translation>
    </message>
    <message>
        <source>Cheap per month at the peak.</source>
        <translation>峰值时每月费用低。</translation>
    </message>
    <message>
        <source>Cheapest of a type</source>
        <translation>同类型中最便宜</translation>
    </message>
    <message>
        <source>Cheapest within the targets</source>
        <translation>目标之内最便宜</translation>
    </message>
    <message>
        <source>Check a GPU to plan only with the checked ones; check “Never” to leave one out. Fill in how many you have to plan only with those.</source>
        <translation>勾选某个 GPU 则只用勾选的来规划；勾选“从不”可排除它。填写现有数量则只用这些来规划。</translation>
    </message>
    <message>
        <source>Checked before anything is saved: names, selectors and ports that have to agree between objects, GPU counts, scale targets and references to other objects.</source>
        <translation>保存前检查：对象之间必须一致的名称、选择器和端口、GPU 数量、扩缩目标以及对其他对象的引用。</translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation>正在检查测量库</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Checks (%1)</source>
        <translation>检查（%1）</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>选择 %1</translation>
    </message>
    <message>
        <source>Choose %1 weights</source>
        <translation>选择 %1 权重</translation>
    </message>
    <message>
        <source>Choose Plan</source>
        <translation>选择规划</translation>
    </message>
    <message>
        <source>Choose Use Case</source>
        <translation>选择用例</translation>
    </message>
    <message>
        <source>Choose a Use Case Instead</source>
        <translation>改为选择用例</translation>
    </message>
    <message>
        <source>Choose all shown</source>
        <translation>选择所有显示的项</translation>
    </message>
    <message>
        <source>Choose another use case</source>
        <translation>选择其他用例</translation>
    </message>
    <message>
        <source>Choose class %1</source>
        <translation>选择等级 %1</translation>
    </message>
    <message>
        <source>Choose for Export</source>
        <translation>选为导出方案</translation>
    </message>
    <message>
        <source>Choose in Explore</source>
        <translation>在“浏览”中选择</translation>
    </message>
    <message>
        <source>Choose the columns of the table</source>
        <translation>选择表格的列</translation>
    </message>
    <message>
        <source>Choose the models shown</source>
        <translation>选择显示的模型</translation>
    </message>
    <message>
        <source>Choose the nearest use case</source>
        <translation>选择最接近的用例</translation>
    </message>
    <message>
        <source>Choose the option to export</source>
        <translation>选择要导出的方案</translation>
    </message>
    <message>
        <source>Choose two different options.</source>
        <translation>请选择两个不同的方案。</translation>
    </message>
    <message>
        <source>Choose use case %1</source>
        <translation>选择用例 %1</translation>
    </message>
    <message>
        <source>Chosen for Export – Clear</source>
        <translation>已选为导出 – 清除</translation>
    </message>
    <message>
        <source>Chosen: %1</source>
        <translation>已选：%1</translation>
    </message>
    <message>
        <source>Chunked prefill</source>
        <translation>分块预填充</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class: %1</source>
        <translation>类别：%1</translation>
    </message>
    <message>
        <source>Clear Chosen Plan</source>
        <translation>清除所选规划</translation>
    </message>
    <message>
        <source>Clear Filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Clear List</source>
        <translation>清空列表</translation>
    </message>
    <message>
        <source>Clear the Text</source>
        <translation>清除文本</translation>
    </message>
    <message>
        <source>Click a point</source>
        <translation>点击某个点</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closed loop</source>
        <translation>闭环</translation>
    </message>
    <message>
        <source>Closed loop, GPU unknown to the fit</source>
        <translation>闭环，拟合未见过的 GPU</translation>
    </message>
    <message>
        <source>Closed loop, below saturation</source>
        <translation>闭环，低于饱和</translation>
    </message>
    <message>
        <source>Closed loop, model unknown to the fit</source>
        <translation>闭环，拟合未见过的模型</translation>
    </message>
    <message>
        <source>Closed loop, other inference engines</source>
        <translation>闭环，其他推理引擎</translation>
    </message>
    <message>
        <source>Code completion</source>
        <translation>代码补全</translation>
    </message>
    <message>
        <source>Code generation</source>
        <translation>代码生成</translation>
    </message>
    <message>
        <source>Coefficients: %1, from %2.</source>
        <translation>系数：%1，来自 %2。</translation>
    </message>
    <message>
        <source>Cold start</source>
        <translation>冷启动</translation>
    </message>
    <message>
        <source>Collectives</source>
        <translation>集合通信</translation>
    </message>
    <message>
        <source>Coloured by cost</source>
        <translation>按成本着色</translation>
    </message>
    <message>
        <source>Coloured by goodput</source>
        <translation>按有效吞吐着色</translation>
    </message>
    <message>
        <source>Combinations that failed this constraint first</source>
        <translation>最先不满足此约束的组合</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare With the Best</source>
        <translation>与最佳方案比较</translation>
    </message>
    <message>
        <source>Compare the Best</source>
        <translation>比较最佳方案</translation>
    </message>
    <message>
        <source>Compare the Best of Each View</source>
        <translation>比较各视图的最佳方案</translation>
    </message>
    <message>
        <source>Compare with an earlier export</source>
        <translation>与先前的导出比较</translation>
    </message>
    <message>
        <source>Compared on %1 with the coefficients “%2”. Nothing here is a measurement of your deployment.</source>
        <translation>于 %1 用系数“%2”比较。这里没有任何对您部署的测量。</translation>
    </message>
    <message>
        <source>Compared with the export in %1.</source>
        <translation>与 %1 中的导出比较。</translation>
    </message>
    <message>
        <source>Compared with the plan: %1 as %2 on %3, %4 at the peak.</source>
        <translation>与规划比较：%3 上的 %1（%2），峰值 %4。</translation>
    </message>
    <message>
        <source>Compares what a running deployment does with what the plan predicts for the load that it has, and tells when the load has changed so much that the plan no longer fits.</source>
        <translation>将运行中的部署的实际表现与规划对其当前负载的预测相比较，并在负载变化过大、规划不再适用时提示。</translation>
    </message>
    <message>
        <source>Comparing runs</source>
        <translation>正在比较运行</translation>
    </message>
    <message>
        <source>Comparing your runs with what engine “%1” predicts for them …</source>
        <translation>正在将您的运行与引擎“%1”对它们的预测比较…</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Comparison of %1 runs and predictions</source>
        <translation>%1 次运行与预测的比较</translation>
    </message>
    <message>
        <source>Comparison: %1</source>
        <translation>比较：%1</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已补全</translation>
    </message>
    <message>
        <source>Compressed archive (*.tar.gz *.tgz)</source>
        <translation>压缩归档 (*.tar.gz *.tgz)</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>计算得出</translation>
    </message>
    <message>
        <source>Computing how this option does under load…</source>
        <translation>正在计算此方案在负载下的表现…</translation>
    </message>
    <message>
        <source>Computing prefill and decode splits</source>
        <translation>正在计算预填充与解码的拆分</translation>
    </message>
    <message>
        <source>Computing the load curve</source>
        <translation>正在计算负载曲线</translation>
    </message>
    <message>
        <source>Computing the prompt</source>
        <translation>计算提示词</translation>
    </message>
    <message>
        <source>Computing the splits of this option…</source>
        <translation>正在计算此方案的拆分…</translation>
    </message>
    <message>
        <source>Concurrency</source>
        <translation>并发数</translation>
    </message>
    <message>
        <source>Conditions on labels, separated by commas; empty reads all</source>
        <translation>标签条件，以逗号分隔；留空则读取全部</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Connected, newest sample %1. %2</source>
        <translation>已连接，最新采样 %1。%2</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Consider all</source>
        <translation>全部考虑</translation>
    </message>
    <message>
        <source>Consider all GPUs</source>
        <translation>考虑所有 GPU</translation>
    </message>
    <message>
        <source>Consider all models</source>
        <translation>考虑所有模型</translation>
    </message>
    <message>
        <source>Content generation</source>
        <translation>内容生成</translation>
    </message>
    <message>
        <source>Content of the selected file</source>
        <translation>所选文件的内容</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Context longer than the model supports</source>
        <translation>上下文超出模型支持</translation>
    </message>
    <message>
        <source>Context window</source>
        <translation>上下文窗口</translation>
    </message>
    <message>
        <source>Conversation with people who read along while the answer is written.</source>
        <translation>与边生成边阅读的人对话。</translation>
    </message>
    <message>
        <source>Conversational</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy Data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>Copy Image</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Copy Whole Table</source>
        <translation>复制整个表格</translation>
    </message>
    <message>
        <source>Copy With Header</source>
        <translation>连同表头复制</translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Copy, save and export</source>
        <translation>复制、保存和导出</translation>
    </message>
    <message>
        <source>Corrected, renamed or derived</source>
        <translation>已更正、重命名或推导</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Cost [$/month]</source>
        <translation>成本 [$/月]</translation>
    </message>
    <message>
        <source>Cost and Latency</source>
        <translation>成本与延迟</translation>
    </message>
    <message>
        <source>Cost and Size</source>
        <translation>成本与规模</translation>
    </message>
    <message>
        <source>Cost and latency</source>
        <translation>成本与延迟</translation>
    </message>
    <message>
        <source>Cost by GPU type</source>
        <translation>按 GPU 类型的成本</translation>
    </message>
    <message>
        <source>Cost of tokens</source>
        <translation>token 成本</translation>
    </message>
    <message>
        <source>Cost per hour</source>
        <translation>每小时成本</translation>
    </message>
    <message>
        <source>Cost per month</source>
        <translation>每月成本</translation>
    </message>
    <message>
        <source>Cost score</source>
        <translation>成本得分</translation>
    </message>
    <message>
        <source>Counts as</source>
        <translation>计为</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>覆盖率</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>Ctrl+K finds every page, command, field, model and option by a few letters. F1 explains the page that you are on and where its numbers come from.</source>
        <translation>按 Ctrl+K 输入几个字母即可找到任何页面、命令、字段、模型和方案。按 F1 可查看当前页面的说明及其数值的来源。</translation>
    </message>
    <message>
        <source>Ctrl+Return in the text does the same. Undo takes it back in one step.</source>
        <translation>在文本中按 Ctrl+Return 效果相同。一次撤销即可恢复。</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data Folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>决策</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决策</translation>
    </message>
    <message>
        <source>Decisions that change, with their reload level</source>
        <translation>有变化的决策及其重载级别</translation>
    </message>
    <message>
        <source>Declared in</source>
        <translation>声明于</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Decode busy</source>
        <translation>解码占用</translation>
    </message>
    <message>
        <source>Decode servers</source>
        <translation>解码服务器</translation>
    </message>
    <message>
        <source>Decode step of the best options</source>
        <translation>最佳方案的解码步骤</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Deferred</source>
        <translation>延后</translation>
    </message>
    <message>
        <source>Delete Removed for &amp;Good</source>
        <translation>永久删除已移除的测量(&amp;G)</translation>
    </message>
    <message>
        <source>Delete Removed for Good</source>
        <translation>彻底删除已移除项</translation>
    </message>
    <message>
        <source>Delete all removed measurements for good? They cannot be restored.</source>
        <translation>要彻底删除所有已移除的测量结果吗？删除后无法恢复。</translation>
    </message>
    <message>
        <source>Deleting removed measurements</source>
        <translation>正在删除已移除的测量</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Derivation of the memory</source>
        <translation>内存的推导</translation>
    </message>
    <message>
        <source>Derivation of the need</source>
        <translation>需求的推导</translation>
    </message>
    <message>
        <source>Derivation of the time</source>
        <translation>时间的推导</translation>
    </message>
    <message>
        <source>Derived from other figures of the report</source>
        <translation>由报告的其他数值推导</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Description in words</source>
        <translation>文字描述</translation>
    </message>
    <message>
        <source>Descriptions would be sent to %1.</source>
        <translation>描述将发送到 %1。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the selected option</source>
        <translation>所选方案的详情</translation>
    </message>
    <message>
        <source>Difference [%]</source>
        <translation>差异 [%]</translation>
    </message>
    <message>
        <source>Different prefixes</source>
        <translation>不同前缀数</translation>
    </message>
    <message>
        <source>Differs from the plan: replaces %1 by %2. From %3</source>
        <translation>与规划不同：将 %1 替换为 %2。来自 %3</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Distribution of prompt and output lengths</source>
        <translation>提示词和输出长度的分布</translation>
    </message>
    <message>
        <source>Distributions of the measurement</source>
        <translation>测量的分布</translation>
    </message>
    <message>
        <source>Do not insist on %1</source>
        <translation>不再限定 %1</translation>
    </message>
    <message>
        <source>Do not insist on %1 weights</source>
        <translation>不再限定 %1 权重</translation>
    </message>
    <message>
        <source>Document questions (RAG)</source>
        <translation>文档问答 (RAG)</translation>
    </message>
    <message>
        <source>Does not meet all targets.</source>
        <translation>未满足所有目标。</translation>
    </message>
    <message>
        <source>Dollars per million output tokens while the peak load lasts</source>
        <translation>峰值负载持续期间每百万输出 token 的美元数</translation>
    </message>
    <message>
        <source>Double click, Home</source>
        <translation>双击，Home</translation>
    </message>
    <message>
        <source>Downtime: %1, %2</source>
        <translation>停机：%1，%2</translation>
    </message>
    <message>
        <source>Drag the dashed line, Alt+Up, Alt+Down</source>
        <translation>拖动虚线，Alt+上，Alt+下</translation>
    </message>
    <message>
        <source>Drag, arrow keys</source>
        <translation>拖动，方向键</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Drop a plan to open it, or benchmark reports to import them</source>
        <translation>拖放规划可打开，拖放基准测试报告可导入</translation>
    </message>
    <message>
        <source>Dropped: %1 %2.</source>
        <extracomment>%1 is a field, %2 an English reason such as "is invented: …"</extracomment>
        <translation>已舍弃：%1 %2。</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>持续时间</translation>
    </message>
    <message>
        <source>Dynamo %1 with vLLM %2 inside</source>
        <translation>Dynamo %1，内含 vLLM %2</translation>
    </message>
    <message>
        <source>E2E</source>
        <translation>E2E</translation>
    </message>
    <message>
        <source>E2E interval</source>
        <translation>E2E 区间</translation>
    </message>
    <message>
        <source>E2E mean</source>
        <translation>E2E 平均</translation>
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
        <translation>每输出 token 的 E2E</translation>
    </message>
    <message>
        <source>E2E target out of reach</source>
        <translation>E2E 目标无法达到</translation>
    </message>
    <message>
        <source>Each GPU is predicted with coefficients that never saw it: what to expect of a new GPU.</source>
        <translation>每种 GPU 都用从未见过它的系数预测：这就是对新 GPU 可以期待的结果。</translation>
    </message>
    <message>
        <source>Each model is predicted with coefficients that never saw it: what to expect of a new model.</source>
        <translation>每个模型都用从未见过它的系数预测：这就是对新模型可以期待的结果。</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Enabled when %1 requests or more ended in the window</source>
        <translation>窗口内有 %1 个或更多请求结束时启用</translation>
    </message>
    <message>
        <source>Enabled when the traffic has drifted or steps take another time than predicted</source>
        <translation>流量已漂移或步骤用时与预测不符时启用</translation>
    </message>
    <message>
        <source>End to end (E2E)</source>
        <translation>端到端 (E2E)</translation>
    </message>
    <message>
        <source>End-to-end latency limit</source>
        <translation>端到端延迟限制</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Engine arguments</source>
        <translation>引擎参数</translation>
    </message>
    <message>
        <source>Engine arguments with their reasons</source>
        <translation>引擎参数及其理由</translation>
    </message>
    <message>
        <source>Engine settings</source>
        <translation>引擎设置</translation>
    </message>
    <message>
        <source>Engine version</source>
        <translation>引擎版本</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Engines and data</source>
        <translation>引擎与数据</translation>
    </message>
    <message>
        <source>Engines compared</source>
        <translation>引擎对比</translation>
    </message>
    <message>
        <source>Engines that were f&amp;ound</source>
        <translation>找到的引擎(&amp;O)</translation>
    </message>
    <message>
        <source>Enter or a double click shows the place in the file.</source>
        <translation>按 Enter 或双击可显示文件中的位置。</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Error by class</source>
        <translation>各类别误差</translation>
    </message>
    <message>
        <source>Errors before and after, and what is corrected</source>
        <translation>校正前后的误差以及校正的内容</translation>
    </message>
    <message>
        <source>Errors by class</source>
        <translation>各类别误差</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Estimate of engine “%1”: %2</source>
        <translation>引擎“%1”的估算：%2</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>Estimates are corrected from now on.</source>
        <translation>从现在起会校正估算。</translation>
    </message>
    <message>
        <source>Estimates are the engine's own again.</source>
        <translation>估算恢复为引擎自身的结果。</translation>
    </message>
    <message>
        <source>Every figure is the one in the report that it was imported from; the raw document and the findings of the import are kept beside it.</source>
        <translation>每个数值均为导入报告中的数值；原始文档和导入检查结果一并保留。</translation>
    </message>
    <message>
        <source>Every option that meets the targets gets four scores; their weighted geometric mean orders the balanced view. Moving a slider re-ranks at once, without a new search.</source>
        <translation>满足目标的每个方案都有四项得分；其加权几何平均决定均衡视图的排序。移动滑块会立即重新排序，无需重新搜索。</translation>
    </message>
    <message>
        <source>Every value that the plans are sized for, and where it came from.</source>
        <translation>规划所依据的每个值及其来源。</translation>
    </message>
    <message>
        <source>Everything that plans are made with. What you stated, what follows from the use case, what is computed and what is a default look different.</source>
        <translation>规划所用的一切。您给出的、由用例得出的、计算得出的和默认的值外观各不相同。</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Evidence of quality</source>
        <translation>质量依据</translation>
    </message>
    <message>
        <source>Evidence of quality for %1</source>
        <translation>%1 的质量依据</translation>
    </message>
    <message>
        <source>Exclude %1</source>
        <translation>排除 %1</translation>
    </message>
    <message>
        <source>Existing Gateway to attach an HTTPRoute to, as “name” or “namespace/name”; empty means none.</source>
        <translation>要挂接 HTTPRoute 的现有网关，写作“名称”或“命名空间/名称”；留空表示没有。</translation>
    </message>
    <message>
        <source>Experience class</source>
        <translation>体验等级</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Explains %1 of %2 deviations.</source>
        <translation>可解释 %2 项偏差中的 %1 项。</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>浏览</translation>
    </message>
    <message>
        <source>Explore the options</source>
        <translation>浏览方案</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export Data</source>
        <translation>导出数据</translation>
    </message>
    <message>
        <source>Export Data in View…</source>
        <translation>导出视图中的数据…</translation>
    </message>
    <message>
        <source>Export Data…</source>
        <translation>导出数据…</translation>
    </message>
    <message>
        <source>Export Whole Library</source>
        <translation>导出整个测量库</translation>
    </message>
    <message>
        <source>Exporting the library</source>
        <translation>正在导出测量库</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>发现(&amp;I)</translation>
    </message>
    <message>
        <source>F&amp;older…</source>
        <translation>文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Faster than the targets ask for.</source>
        <translation>比目标要求更快。</translation>
    </message>
    <message>
        <source>Feed-forward weights</source>
        <translation>前馈权重</translation>
    </message>
    <message>
        <source>Few GPUs and servers, little parallelism, no quantisation.</source>
        <translation>GPU 和服务器少，并行度低，无量化。</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Field %1 of the description</source>
        <translation>描述的字段 %1</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Figure shown in the chart</source>
        <translation>图表中显示的数值</translation>
    </message>
    <message>
        <source>Figure shown over time</source>
        <translation>随时间显示的数值</translation>
    </message>
    <message>
        <source>Figures as observed and as predicted</source>
        <translation>观测值与预测值</translation>
    </message>
    <message>
        <source>Figures labelled Estimated are predictions of the engine that is named above the table, with an interval that nine of ten measurements should keep to. Figures labelled Benchmarked were measured on exactly this configuration. Costs are GPUs × price of the chosen price list.</source>
        <translation>标为“估算”的数值是表格上方所示引擎的预测，附有十次测量中九次应落入的区间。标为“实测”的数值正是在此配置上测得的。成本为 GPU 数 × 所选价目表的价格。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files of the import</source>
        <translation>导入的文件</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter by GPU type</source>
        <translation>按 GPU 类型筛选</translation>
    </message>
    <message>
        <source>Filter by model</source>
        <translation>按模型筛选</translation>
    </message>
    <message>
        <source>Filter by the parallelism of a replica</source>
        <translation>按副本的并行方式筛选</translation>
    </message>
    <message>
        <source>Filter by the precision of the weights</source>
        <translation>按权重精度筛选</translation>
    </message>
    <message>
        <source>Filter the GPUs</source>
        <translation>筛选 GPU</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Filter the options by words</source>
        <translation>按文字筛选方案</translation>
    </message>
    <message>
        <source>Filter the rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Filter, e.g. h100 fp8 tp4</source>
        <translation>筛选，例如 h100 fp8 tp4</translation>
    </message>
    <message>
        <source>Filter, e.g. hopper ttft</source>
        <translation>筛选，例如 hopper ttft</translation>
    </message>
    <message>
        <source>Filter, e.g. llama fp8</source>
        <translation>筛选，例如 llama fp8</translation>
    </message>
    <message>
        <source>Filter, e.g. nvidia hopper</source>
        <translation>筛选，例如 nvidia hopper</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Findings of the checks</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Findings of the selected files</source>
        <translation>所选文件的发现</translation>
    </message>
    <message>
        <source>First token (TTFT)</source>
        <translation>首个 token (TTFT)</translation>
    </message>
    <message>
        <source>First token (mean)</source>
        <translation>首个 token（平均）</translation>
    </message>
    <message>
        <source>First token ×</source>
        <translation>首个 token ×</translation>
    </message>
    <message>
        <source>Five options are compared already; take one out first.</source>
        <translation>已在比较五个方案；请先移出一个。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder With Engines</source>
        <translation>含引擎的文件夹</translation>
    </message>
    <message>
        <source>Folder with YAML files that declare external engines; may be repeated.</source>
        <translation>含有声明外部引擎的 YAML 文件的文件夹；可重复。</translation>
    </message>
    <message>
        <source>For example: a support chatbot for 5k users, first token within 500 ms, $20k a month</source>
        <translation>例如：面向 5000 名用户的客服聊天机器人，首个 token 在 500 ms 内，每月 2 万美元</translation>
    </message>
    <message>
        <source>For example: make it 300 ms, and no A100</source>
        <translation>例如：改为 300 ms，并且不用 A100</translation>
    </message>
    <message>
        <source>For the load that is observed</source>
        <translation>针对观测到的负载</translation>
    </message>
    <message>
        <source>Forget Imported Scores</source>
        <translation>清除导入的得分</translation>
    </message>
    <message>
        <source>Forget my counts</source>
        <translation>清除我的数量</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Found when it was read</source>
        <translation>读取时发现</translation>
    </message>
    <message>
        <source>Found: %1 Nothing is stored yet.</source>
        <translation>发现：%1 尚未存储任何内容。</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>发现：%1。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>From a need to manifests</source>
        <translation>从需求到部署清单</translation>
    </message>
    <message>
        <source>From an evaluation over measured deployments that is made anew for every release. The command “llmd evaluate” repeats it.</source>
        <translation>来自对已测量部署的评估，每个发行版都会重新进行。命令“llmd evaluate”可重复该评估。</translation>
    </message>
    <message>
        <source>From the language model</source>
        <translation>来自语言模型</translation>
    </message>
    <message>
        <source>From the language model, citing %1.</source>
        <translation>来自语言模型，引用 %1。</translation>
    </message>
    <message>
        <source>From the language model, citing %1. The rules read %2.</source>
        <translation>来自语言模型，引用 %1。规则读取到 %2。</translation>
    </message>
    <message>
        <source>From the number of &amp;users</source>
        <translation>根据用户数(&amp;U)</translation>
    </message>
    <message>
        <source>From the request's arrival until its last token (end to end).</source>
        <translation>从请求到达到最后一个 token（端到端）。</translation>
    </message>
    <message>
        <source>From the request's arrival until the first token is out: waiting and prefill.</source>
        <translation>从请求到达到输出首个 token：等待和预填充。</translation>
    </message>
    <message>
        <source>Frontier with 90 % interval</source>
        <translation>带 90 % 区间的前沿</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPU Types</source>
        <translation>GPU 类型</translation>
    </message>
    <message>
        <source>GPU cannot run these weights</source>
        <translation>GPU 无法运行这些权重</translation>
    </message>
    <message>
        <source>GPU of unknown kind</source>
        <translation>未知类型的 GPU</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>GPUs needed beyond the present ones: %1</source>
        <translation>除现有之外还需要的 GPU：%1</translation>
    </message>
    <message>
        <source>GPUs of the catalog</source>
        <translation>目录中的 GPU</translation>
    </message>
    <message>
        <source>GPUs of the whole deployment</source>
        <translation>整个部署的 GPU 数</translation>
    </message>
    <message>
        <source>GPUs of the whole deployment at the peak</source>
        <translation>峰值时整个部署的 GPU 数</translation>
    </message>
    <message>
        <source>GPUs to consider, inventory</source>
        <translation>考虑的 GPU、库存</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Gateway &amp;class</source>
        <translation>网关类(&amp;C)</translation>
    </message>
    <message>
        <source>Generated files</source>
        <translation>生成的文件</translation>
    </message>
    <message>
        <source>Give it a name that others will understand.</source>
        <translation>请起一个别人能看懂的名称。</translation>
    </message>
    <message>
        <source>Go to the field</source>
        <translation>转到该字段</translation>
    </message>
    <message>
        <source>Groups of preferences</source>
        <translation>首选项分组</translation>
    </message>
    <message>
        <source>HTTP and tokenizer</source>
        <translation>HTTP 和分词器</translation>
    </message>
    <message>
        <source>Half of the errors are smaller</source>
        <translation>一半的误差更小</translation>
    </message>
    <message>
        <source>Hardware and prices</source>
        <translation>硬件与价格</translation>
    </message>
    <message>
        <source>Has a warning. %1</source>
        <translation>有警告。%1</translation>
    </message>
    <message>
        <source>Head-room</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>Headroom at the peak</source>
        <translation>峰值时的余量</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Hold a running deployment against its plan: deviation, causes and drift</source>
        <translation>将运行中的部署与其规划对照：偏差、原因与漂移</translation>
    </message>
    <message>
        <source>HorizontalPodAutoscaler</source>
        <translation>HorizontalPodAutoscaler</translation>
    </message>
    <message>
        <source>How &amp;Accurate Is This?</source>
        <translation>准确度如何？(&amp;A)</translation>
    </message>
    <message>
        <source>How accurate is that for options of this kind?</source>
        <translation>对这类方案有多准确？</translation>
    </message>
    <message>
        <source>How do you want to serve a model?</source>
        <translation>您希望如何提供模型服务？</translation>
    </message>
    <message>
        <source>How each part follows</source>
        <translation>各部分如何得出</translation>
    </message>
    <message>
        <source>How far over the limit the best of them is</source>
        <translation>其中最好的超出限制多少</translation>
    </message>
    <message>
        <source>How far predictions were from measurements that the engines have not seen, by metric and by kind of deployment, so that you know how much to trust a figure.</source>
        <translation>对引擎未见过的测量，预测偏离多少，按指标和部署种类列出，以便您了解数值的可信程度。</translation>
    </message>
    <message>
        <source>How far the predictions are from measurements, and where not to trust them</source>
        <translation>预测与测量相差多少，以及哪些地方不可信</translation>
    </message>
    <message>
        <source>How fast the service has to feel. A plan counts only if its predicted latency stays within every limit at the peak rate. Times are written as “200ms” or “0.2s”.</source>
        <translation>服务需要给人多快的感觉。只有在峰值速率下预测延迟不超过所有限制的规划才有效。时间写作“200ms”或“0.2s”。</translation>
    </message>
    <message>
        <source>How firm the first place is</source>
        <translation>第一名有多稳固</translation>
    </message>
    <message>
        <source>How it follows</source>
        <translation>如何得出</translation>
    </message>
    <message>
        <source>How long requests are</source>
        <translation>请求有多长</translation>
    </message>
    <message>
        <source>How many US dollars per month are these?</source>
        <translation>相当于每月多少美元？</translation>
    </message>
    <message>
        <source>How many different shared prefixes there are, for example one per tenant or agent.</source>
        <translation>有多少种不同的共享前缀，例如每个租户或代理一种。</translation>
    </message>
    <message>
        <source>How many of this GPU exist; empty means that any number may be bought</source>
        <translation>现有多少个此 GPU；留空表示可购买任意数量</translation>
    </message>
    <message>
        <source>How many requests</source>
        <translation>有多少请求</translation>
    </message>
    <message>
        <source>How many requests per second are there, about?</source>
        <translation>大约每秒多少个请求？</translation>
    </message>
    <message>
        <source>How many users are there, about?</source>
        <translation>大约有多少用户？</translation>
    </message>
    <message>
        <source>How much %1 counts in the balanced score</source>
        <translation>%1在综合得分中占多少</translation>
    </message>
    <message>
        <source>How much arrives and how long it is. Leave a field empty to keep the figure shown in grey; “5k” and “1.2M” are understood.</source>
        <translation>到达的量和长度。留空则使用灰色显示的数值；可写“5k”和“1.2M”。</translation>
    </message>
    <message>
        <source>How much busier the busiest minutes are than the mean. Plans are sized for the peak.</source>
        <translation>最忙的几分钟比平均忙多少。规划按峰值确定规模。</translation>
    </message>
    <message>
        <source>How much this kind of evidence counts for the use case</source>
        <translation>此类依据对该用例的重要程度</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>把握程度</translation>
    </message>
    <message>
        <source>How to Move in This Chart</source>
        <translation>如何在此图表中移动</translation>
    </message>
    <message>
        <source>How to apply</source>
        <translation>如何应用</translation>
    </message>
    <message>
        <source>How to apply the files</source>
        <translation>如何应用这些文件</translation>
    </message>
    <message>
        <source>How to move in this chart</source>
        <translation>如何在此图表中移动</translation>
    </message>
    <message>
        <source>Hugging Face configuration (*.json);;All files (*)</source>
        <translation>Hugging Face 配置 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>I know the &amp;request rate</source>
        <translation>已知请求速率(&amp;R)</translation>
    </message>
    <message>
        <source>ITL</source>
        <translation>ITL</translation>
    </message>
    <message>
        <source>ITL calibrated</source>
        <translation>ITL 校准</translation>
    </message>
    <message>
        <source>ITL mean</source>
        <translation>ITL 平均</translation>
    </message>
    <message>
        <source>ITL mean (TPOT)</source>
        <translation>ITL 平均 (TPOT)</translation>
    </message>
    <message>
        <source>ITL measured</source>
        <translation>ITL 实测</translation>
    </message>
    <message>
        <source>ITL p95</source>
        <translation>ITL p95</translation>
    </message>
    <message>
        <source>ITL raw</source>
        <translation>ITL 原始</translation>
    </message>
    <message>
        <source>ITL target out of reach</source>
        <translation>ITL 目标无法达到</translation>
    </message>
    <message>
        <source>ITL, mean</source>
        <translation>ITL，平均</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>Id of the added model</source>
        <translation>所添加模型的标识</translation>
    </message>
    <message>
        <source>If this option had servers of their own for prefill and decode: </source>
        <translation>如果此方案的预填充和解码各有专用服务器： </translation>
    </message>
    <message>
        <source>If whole prompts come again: the size of the set that they repeat from. 0 means that every prompt is new.</source>
        <translation>如果整个提示词会重复出现：重复所取自的集合大小。0 表示每个提示词都是新的。</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import Benchmark Reports</source>
        <translation>导入基准测试报告</translation>
    </message>
    <message>
        <source>Import Scores</source>
        <translation>导入得分</translation>
    </message>
    <message>
        <source>Import Scores…</source>
        <translation>导入得分…</translation>
    </message>
    <message>
        <source>Import a Folder of Reports</source>
        <translation>导入报告文件夹</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Imported the scores of %1.</source>
        <translation>已导入 %1 的得分。</translation>
    </message>
    <message>
        <source>Imported, all formats</source>
        <translation>已导入，所有格式</translation>
    </message>
    <message>
        <source>Importing reports</source>
        <translation>正在导入报告</translation>
    </message>
    <message>
        <source>In Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>In German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>In force everywhere after about %1</source>
        <translation>约 %1 后全部生效</translation>
    </message>
    <message>
        <source>In interval</source>
        <translation>在区间内</translation>
    </message>
    <message>
        <source>In the plan. From %1</source>
        <translation>已在规划中。来自 %1</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>用您自己的话</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>Interval from</source>
        <translation>区间从</translation>
    </message>
    <message>
        <source>Interval to</source>
        <translation>区间至</translation>
    </message>
    <message>
        <source>Inventory</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Is this the speed of one user, or of all together?</source>
        <translation>这是单个用户的速度，还是所有用户合计的速度？</translation>
    </message>
    <message>
        <source>Is this the time to the first token, per output token, or of the whole answer?</source>
        <translation>这是首个 token 的时间、每个输出 token 的时间，还是完整回答的时间？</translation>
    </message>
    <message>
        <source>Issues</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>It answered after %1 and read the sample sentence.</source>
        <translation>它在 %1 后作出应答，并读懂了示例句。</translation>
    </message>
    <message>
        <source>It answered after %1 but did not find the users of the sample sentence; another model may do better.</source>
        <translation>它在 %1 后作出应答，但未找到示例句中的用户数；换一个模型可能更好。</translation>
    </message>
    <message>
        <source>It appears as a use case of its own here and in the command line, as “%1”.</source>
        <translation>它会作为独立用例出现在此处和命令行中，名为“%1”。</translation>
    </message>
    <message>
        <source>It replaces the rules of the use case of that name; removing the preset brings back what was shipped.</source>
        <translation>它会替换同名用例的规则；移除预设即恢复自带的规则。</translation>
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
        <translation>KServe %1，vLLM %2</translation>
    </message>
    <message>
        <source>KV bytes per token and GPU</source>
        <translation>每 token 每 GPU 的 KV 字节数</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>KV cache in use</source>
        <translation>使用中的 KV 缓存</translation>
    </message>
    <message>
        <source>KV cache of one replica</source>
        <translation>一个副本的 KV 缓存</translation>
    </message>
    <message>
        <source>KV cache read</source>
        <translation>读取 KV 缓存</translation>
    </message>
    <message>
        <source>KV pool</source>
        <translation>KV 池</translation>
    </message>
    <message>
        <source>KV pool in use</source>
        <translation>使用中的 KV 池</translation>
    </message>
    <message>
        <source>KV pool used</source>
        <translation>已用 KV 池</translation>
    </message>
    <message>
        <source>KV pool, tokens</source>
        <translation>KV 池，token</translation>
    </message>
    <message>
        <source>KV transfer</source>
        <translation>KV 传输</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Keep what is observed as a measurement of this plan</source>
        <translation>将观测结果保存为此规划的测量</translation>
    </message>
    <message>
        <source>Keyboard and Mouse</source>
        <translation>键盘和鼠标</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Kind of evidence that holds this test</source>
        <translation>支持此测试的依据种类</translation>
    </message>
    <message>
        <source>Kind of model, GPU generation and precision of the weights</source>
        <translation>模型种类、GPU 代际和权重精度</translation>
    </message>
    <message>
        <source>Knee: %1</source>
        <translation>拐点：%1</translation>
    </message>
    <message>
        <source>Kubernetes objects</source>
        <translation>Kubernetes 对象</translation>
    </message>
    <message>
        <source>Kustomize base and overlay</source>
        <translation>Kustomize 基础与覆盖层</translation>
    </message>
    <message>
        <source>Language Model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>Large type, one option per screen (F5)</source>
        <translation>大字号，每屏一个方案 (F5)</translation>
    </message>
    <message>
        <source>Largest load within the targets, all replicas together</source>
        <translation>目标之内的最大负载，所有副本合计</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Latency and throughput under load</source>
        <translation>负载下的延迟与吞吐</translation>
    </message>
    <message>
        <source>Latency at the peak load</source>
        <translation>峰值负载下的延迟</translation>
    </message>
    <message>
        <source>Latency score</source>
        <translation>延迟得分</translation>
    </message>
    <message>
        <source>Latency shown against the load</source>
        <translation>随负载显示的延迟</translation>
    </message>
    <message>
        <source>Latency shown in the chart</source>
        <translation>图表中显示的延迟</translation>
    </message>
    <message>
        <source>Latency targets</source>
        <translation>延迟目标</translation>
    </message>
    <message>
        <source>Least quality, 0 to 100; models without published scores are left out</source>
        <translation>最低质量，0 到 100；没有已发布得分的模型会被排除</translation>
    </message>
    <message>
        <source>Least replicas</source>
        <translation>最少副本数</translation>
    </message>
    <message>
        <source>Leave this GPU out</source>
        <translation>排除此 GPU</translation>
    </message>
    <message>
        <source>Left out.</source>
        <translation>未采用。</translation>
    </message>
    <message>
        <source>Left out; the plan keeps %1.</source>
        <translation>未采用；规划保留 %1。</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Let a &amp;language model propose fields of a description</source>
        <translation>让语言模型提出描述的字段(&amp;L)</translation>
    </message>
    <message>
        <source>Let all engines predict this option once more</source>
        <translation>让所有引擎重新预测此方案</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>License</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Likely causes</source>
        <translation>可能的原因</translation>
    </message>
    <message>
        <source>Limit of %1; enter for example 300 ms or 1.5 s</source>
        <translation>%1的限制；例如输入 300 ms 或 1.5 s</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>互连</translation>
    </message>
    <message>
        <source>Listing measurements</source>
        <translation>正在列出测量</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Load Presets</source>
        <translation>载入预设</translation>
    </message>
    <message>
        <source>Load Presets…</source>
        <translation>载入预设…</translation>
    </message>
    <message>
        <source>Load and capacity</source>
        <translation>负载与容量</translation>
    </message>
    <message>
        <source>Load generator</source>
        <translation>负载生成器</translation>
    </message>
    <message>
        <source>Load on the deployment [requests/s]</source>
        <translation>部署上的负载 [请求/s]</translation>
    </message>
    <message>
        <source>Load points</source>
        <translation>负载点</translation>
    </message>
    <message>
        <source>Load that the engines predict</source>
        <translation>引擎所预测的负载</translation>
    </message>
    <message>
        <source>Loaded the presets of %1.</source>
        <translation>已载入 %1 的预设。</translation>
    </message>
    <message>
        <source>Local disk</source>
        <translation>本地磁盘</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>徽标</translation>
    </message>
    <message>
        <source>Logo of the Report</source>
        <translation>报告的徽标</translation>
    </message>
    <message>
        <source>Long documents</source>
        <translation>长文档</translation>
    </message>
    <message>
        <source>Longest context that the model was made for, in tokens</source>
        <translation>模型所支持的最长上下文，以 token 计</translation>
    </message>
    <message>
        <source>Longest prompt and output together that must be served (vLLM's max_model_len). Memory is planned for it.</source>
        <translation>必须支持的提示词与输出之和的最大长度（vLLM 的 max_model_len）。内存据此规划。</translation>
    </message>
    <message>
        <source>Longest request</source>
        <translation>最长请求</translation>
    </message>
    <message>
        <source>Look at a sample</source>
        <translation>查看示例</translation>
    </message>
    <message>
        <source>Look at the deployment files of an option and save them.</source>
        <translation>查看并保存方案的部署文件。</translation>
    </message>
    <message>
        <source>Looking for measurements of this deployment …</source>
        <translation>正在查找此部署的测量…</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Lower end of the 90 % interval</source>
        <translation>90 % 区间的下端</translation>
    </message>
    <message>
        <source>Lowest cost</source>
        <translation>最低成本</translation>
    </message>
    <message>
        <source>Lowest latency</source>
        <translation>最低延迟</translation>
    </message>
    <message>
        <source>MLA</source>
        <translation>MLA</translation>
    </message>
    <message>
        <source>Manifests for several targets, checked before they are written, with what changed since the last export.</source>
        <translation>面向多种目标的部署清单，写入前经过检查，并列出自上次导出以来的变化。</translation>
    </message>
    <message>
        <source>Mark two to five options in Explore: the box in front of a row, “Compare” in its menu, or Ctrl+D. Here they stand side by side: what differs first, their trade-offs in one chart, and why one is in front of the other.</source>
        <translation>在“浏览”中标记两到五个方案：行首的方框、其菜单中的“比较”或 Ctrl+D。它们会在此并排显示：先是差异，然后在一张图中显示权衡，以及为何一个领先于另一个。</translation>
    </message>
    <message>
        <source>Matching measurements</source>
        <translation>匹配的测量</translation>
    </message>
    <message>
        <source>Matrix arithmetic</source>
        <translation>矩阵运算</translation>
    </message>
    <message>
        <source>Max batched tokens</source>
        <translation>最大批次 token 数</translation>
    </message>
    <message>
        <source>Max sequences</source>
        <translation>最大序列数</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Mean error of runs that were left out</source>
        <translation>被排除运行的平均误差</translation>
    </message>
    <message>
        <source>Mean gap between two tokens of one answer (ITL, TPOT): how smoothly the text flows.</source>
        <translation>一个回答中相邻两个 token 的平均间隔（ITL、TPOT）：文字流出的顺畅程度。</translation>
    </message>
    <message>
        <source>Mean length of the answers</source>
        <translation>回答的平均长度</translation>
    </message>
    <message>
        <source>Mean length of the prompts</source>
        <translation>提示词的平均长度</translation>
    </message>
    <message>
        <source>Mean load</source>
        <translation>平均负载</translation>
    </message>
    <message>
        <source>Mean of predicted against measured: below zero the predictions are too low, that is too fast</source>
        <translation>预测与测量之差的平均：低于零表示预测偏低，即偏快</translation>
    </message>
    <message>
        <source>Mean of the absolute errors</source>
        <translation>绝对误差的平均</translation>
    </message>
    <message>
        <source>Mean rate</source>
        <translation>平均速率</translation>
    </message>
    <message>
        <source>Mean request rate</source>
        <translation>平均请求速率</translation>
    </message>
    <message>
        <source>Mean time between tokens that was measured</source>
        <translation>测得的 token 间隔平均时间</translation>
    </message>
    <message>
        <source>Mean time of a whole request</source>
        <translation>完整请求的平均时间</translation>
    </message>
    <message>
        <source>Mean time per output token after the first</source>
        <translation>首个之后每个输出 token 的平均时间</translation>
    </message>
    <message>
        <source>Mean time to first token</source>
        <translation>首个 token 的平均时间</translation>
    </message>
    <message>
        <source>Mean time to first token that was measured</source>
        <translation>测得的首个 token 平均时间</translation>
    </message>
    <message>
        <source>Mean tokens of a prompt, with system prompt, history and retrieved text.</source>
        <translation>提示词的平均 token 数，包括系统提示词、历史和检索到的文本。</translation>
    </message>
    <message>
        <source>Mean tokens of an answer, with reasoning tokens if the model thinks aloud.</source>
        <translation>回答的平均 token 数，若模型会输出思考则包括思考 token。</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measurements compared</source>
        <translation>参与比较的测量</translation>
    </message>
    <message>
        <source>Measurements inside the 90 % interval; 90 would be exact, more is cautious, less is too sure</source>
        <translation>落在 90 % 区间内的测量；90 为准确，更多为谨慎，更少为过于自信</translation>
    </message>
    <message>
        <source>Measurements: your reports and public ones, beside the plan and each other</source>
        <translation>测量：您的报告与公开报告，与规划对照并相互比较</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory at start-up</source>
        <translation>启动时的内存</translation>
    </message>
    <message>
        <source>Memory ledger</source>
        <translation>内存账目</translation>
    </message>
    <message>
        <source>Memory of the fullest GPU</source>
        <translation>占用最多的 GPU 的内存</translation>
    </message>
    <message>
        <source>Milliseconds</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>Minimum replicas</source>
        <translation>最少副本数</translation>
    </message>
    <message>
        <source>MoE</source>
        <translation>MoE</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model &amp;volume claim</source>
        <translation>模型卷声明(&amp;V)</translation>
    </message>
    <message>
        <source>Model cannot be split this way</source>
        <translation>模型不能这样拆分</translation>
    </message>
    <message>
        <source>Model, GPU or version that the report does not say</source>
        <translation>报告未说明的模型、GPU 或版本</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models of the catalog</source>
        <translation>目录中的模型</translation>
    </message>
    <message>
        <source>Models to consider</source>
        <translation>考虑的模型</translation>
    </message>
    <message>
        <source>Models, hardware and prices</source>
        <translation>模型、硬件与价格</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>More GPUs needed than allowed</source>
        <translation>所需 GPU 超过允许数量</translation>
    </message>
    <message>
        <source>More than %1 findings: select files to see theirs.</source>
        <translation>发现超过 %1 项：请选择文件查看其发现。</translation>
    </message>
    <message>
        <source>Most GPUs</source>
        <translation>最多 GPU 数</translation>
    </message>
    <message>
        <source>Move Left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move Right</source>
        <translation>右移</translation>
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
        <translation>文件中的名称</translation>
    </message>
    <message>
        <source>Name of the environment variable that holds a bearer token. The token itself is never stored.</source>
        <translation>保存 bearer 令牌的环境变量名称。令牌本身绝不会被存储。</translation>
    </message>
    <message>
        <source>Name resolution: the model of the catalog that the scores will count for</source>
        <translation>名称解析：得分将计入的目录模型</translation>
    </message>
    <message>
        <source>Near saturation: whether requests queue hangs on a few percent of the step time, so no interval is stated. Add a replica or plan more head-room if the latency has to hold.</source>
        <translation>接近饱和：请求是否排队取决于步骤时间的百分之几，因此不给出区间。若必须保证延迟，请增加副本或规划更多余量。</translation>
    </message>
    <message>
        <source>Nearest candidate</source>
        <translation>最接近的候选</translation>
    </message>
    <message>
        <source>Nearest miss</source>
        <translation>最接近的未达标</translation>
    </message>
    <message>
        <source>Nearest others and what they differ in</source>
        <translation>最接近的其他测量及其差异</translation>
    </message>
    <message>
        <source>Need</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Needs correction. %1</source>
        <translation>需要更正。%1</translation>
    </message>
    <message>
        <source>Network &amp;domain label</source>
        <translation>网络域标签(&amp;D)</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>New &amp;Window</source>
        <translation>新建窗口(&amp;W)</translation>
    </message>
    <message>
        <source>New From Sa&amp;mple</source>
        <translation>从示例新建(&amp;M)</translation>
    </message>
    <message>
        <source>New plan from words</source>
        <translation>从文字新建规划</translation>
    </message>
    <message>
        <source>New plan, step by step</source>
        <translation>逐步新建规划</translation>
    </message>
    <message>
        <source>New. From %1</source>
        <translation>新增。来自 %1</translation>
    </message>
    <message>
        <source>Nine of ten errors are smaller</source>
        <translation>九成误差更小</translation>
    </message>
    <message>
        <source>No benchmark report was found in what you chose. Reports of llm-d-benchmark, inference-perf, GuideLLM, vLLM's bench serve, InferenceMAX and AIPerf can be imported, as files, folders or archives.</source>
        <translation>在所选内容中未找到基准测试报告。可以导入 llm-d-benchmark、inference-perf、GuideLLM、vLLM 的 bench serve、InferenceMAX 和 AIPerf 的报告，形式可为文件、文件夹或归档。</translation>
    </message>
    <message>
        <source>No comparison of this engine is off by more than %1 on average.</source>
        <translation>此引擎没有任何比较的平均偏差超过 %1。</translation>
    </message>
    <message>
        <source>No configuration meets the targets. See why under “Refused”.</source>
        <translation>没有满足目标的配置。原因见“被排除”。</translation>
    </message>
    <message>
        <source>No figures for this chart.</source>
        <translation>此图表没有数值。</translation>
    </message>
    <message>
        <source>No findings</source>
        <translation>没有发现</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>没有发现。</translation>
    </message>
    <message>
        <source>No issues</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>No issues.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>No lengths to show yet.</source>
        <translation>尚无长度可显示。</translation>
    </message>
    <message>
        <source>No load is within the targets.</source>
        <translation>没有负载在目标之内。</translation>
    </message>
    <message>
        <source>No measurement matches. Drop benchmark reports, folders or archives on the window to import them.</source>
        <translation>没有匹配的测量。将基准测试报告、文件夹或归档拖放到窗口即可导入。</translation>
    </message>
    <message>
        <source>No measurement of this class was compared with engine “%1”: rely on its order of options more than on its figures.</source>
        <translation>没有此类别的测量与引擎“%1”比较过：请更多依赖其方案排序，而非数值。</translation>
    </message>
    <message>
        <source>No measurements match.</source>
        <translation>没有匹配的测量。</translation>
    </message>
    <message>
        <source>No option meets the targets.</source>
        <translation>没有满足目标的方案。</translation>
    </message>
    <message>
        <source>No option on any GPU type meets the targets.</source>
        <translation>任何 GPU 类型上都没有满足目标的方案。</translation>
    </message>
    <message>
        <source>No option passes the filters.</source>
        <translation>没有方案通过筛选。</translation>
    </message>
    <message>
        <source>No option to show.</source>
        <translation>没有可显示的方案。</translation>
    </message>
    <message>
        <source>No other option is tied with the best balanced one within the uncertainty of the figures.</source>
        <translation>在数值的不确定性之内，没有其他方案与最佳均衡方案持平。</translation>
    </message>
    <message>
        <source>No price for the GPU</source>
        <translation>该 GPU 没有价格</translation>
    </message>
    <message>
        <source>No report was found yet.</source>
        <translation>尚未找到报告。</translation>
    </message>
    <message>
        <source>No run of the library teaches anything about engine “%1” yet. Import runs of vLLM with known model, GPU, topology, version and load; built-in measurements are no news, the engine was fitted to them.</source>
        <translation>测量库中尚无运行可为引擎“%1”提供校准信息。请导入模型、GPU、拓扑、版本和负载均已知的 vLLM 运行；内置测量不提供新信息，引擎正是按它们拟合的。</translation>
    </message>
    <message>
        <source>No run of the library teaches anything about this engine yet.</source>
        <translation>测量库中尚无运行可为此引擎提供校准信息。</translation>
    </message>
    <message>
        <source>No search yet.</source>
        <translation>尚未搜索。</translation>
    </message>
    <message>
        <source>No weight of this one makes another option the best</source>
        <translation>此项的任何权重都不会让其他方案成为最佳</translation>
    </message>
    <message>
        <source>Node label whose value all pods of one deployment share, such as topology.kubernetes.io/zone. Used where replicas span nodes or prompts are computed by other servers.</source>
        <translation>一个部署的所有 Pod 取值相同的节点标签，例如 topology.kubernetes.io/zone。用于副本跨节点或由其他服务器计算提示词的情况。</translation>
    </message>
    <message>
        <source>Non-torch</source>
        <translation>非 Torch</translation>
    </message>
    <message>
        <source>Non-torch memory</source>
        <translation>非 Torch 内存</translation>
    </message>
    <message>
        <source>None of the options meets these targets.</source>
        <translation>没有方案满足这些目标。</translation>
    </message>
    <message>
        <source>None, fixed replicas</source>
        <translation>无，固定副本数</translation>
    </message>
    <message>
        <source>Not asked yet.</source>
        <translation>尚未询问。</translation>
    </message>
    <message>
        <source>Not enough GPU memory</source>
        <translation>GPU 内存不足</translation>
    </message>
    <message>
        <source>Not validated against measurements on any GPU.</source>
        <translation>未在任何 GPU 上用测量验证过。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nothing is compared yet</source>
        <translation>尚未比较任何方案</translation>
    </message>
    <message>
        <source>Nothing is described yet.</source>
        <translation>尚未描述任何内容。</translation>
    </message>
    <message>
        <source>Nothing is watched.

Give the address of the Prometheus that scrapes the deployment, or of its model servers, and press Start. The planner then compares what it observes with what it predicts for that load.</source>
        <translation>未监控任何部署。

请填写抓取该部署的 Prometheus 的地址，或其模型服务器的地址，然后按“启动”。规划器随后会将观测结果与对该负载的预测进行比较。</translation>
    </message>
    <message>
        <source>Nothing was compared yet.</source>
        <translation>尚未比较任何内容。</translation>
    </message>
    <message>
        <source>Nothing was exported yet. After the first export, this shows what a change of the plan restarts and how to apply it.</source>
        <translation>尚未导出过。首次导出之后，这里会显示规划变更会重启什么以及如何应用。</translation>
    </message>
    <message>
        <source>Nothing was found or corrected.</source>
        <translation>没有发现或更正任何内容。</translation>
    </message>
    <message>
        <source>Nothing was missing: what a report states itself is not changed.</source>
        <translation>没有缺失内容：报告自身说明的内容不变。</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>没有被排除的组合。</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观测</translation>
    </message>
    <message>
        <source>Observed against the 90 % interval of the prediction for the observed load</source>
        <translation>观测值与针对观测负载的预测的 90 % 区间对照</translation>
    </message>
    <message>
        <source>Observed and predicted</source>
        <translation>观测与预测</translation>
    </message>
    <message>
        <source>Observed figures come from the endpoint that you connect: rates and percentiles are computed from the counters and histograms of vLLM and the router. Predicted figures are the plan's engine at the observed load.</source>
        <translation>观测值来自您连接的端点：速率和百分位由 vLLM 和路由器的计数器与直方图计算得出。预测值由规划所用引擎在观测负载下给出。</translation>
    </message>
    <message>
        <source>Of %1 combinations %2 meet every constraint. Each of the others is counted under the first constraint that it failed.</source>
        <translation>%1 个组合中有 %2 个满足所有约束。其余的按最先不满足的约束计数。</translation>
    </message>
    <message>
        <source>Of %1 usable memory, weights take %2 and the KV cache %3.</source>
        <translation>可用内存 %1 中，权重占 %2，KV 缓存占 %3。</translation>
    </message>
    <message>
        <source>Of a rate the nearer end of the range from the trough to the peak of a planned day</source>
        <translation>对于速率，取计划日中从低谷到峰值范围内较近的一端</translation>
    </message>
    <message>
        <source>Of the measurement if the report says, else of its import</source>
        <translation>报告有说明时为测量日期，否则为导入日期</translation>
    </message>
    <message>
        <source>Of the step, or of the time to the first token. Work that overlaps with other work has no share: its time is what it would take alone</source>
        <translation>占步骤时间或首个 token 时间的份额。与其他工作重叠的没有份额：其时间是单独执行所需的时间</translation>
    </message>
    <message>
        <source>Of the weights</source>
        <translation>指权重的精度</translation>
    </message>
    <message>
        <source>Off. The rules above need no language model.</source>
        <translation>关闭。以上规则不需要语言模型。</translation>
    </message>
    <message>
        <source>Once there are options under Explore, this says what is known about the kind of the selected one.</source>
        <translation>“浏览”中有方案之后，这里会说明对所选方案这一类已知的情况。</translation>
    </message>
    <message>
        <source>One decode step</source>
        <translation>一个解码步骤</translation>
    </message>
    <message>
        <source>One more to compare it with</source>
        <translation>再选一个来比较</translation>
    </message>
    <message>
        <source>One pod of the model servers</source>
        <translation>模型服务器的一个 Pod</translation>
    </message>
    <message>
        <source>One question is still open; its words changed nothing.</source>
        <translation>还有一个问题未回答；相关文字未产生任何更改。</translation>
    </message>
    <message>
        <source>One user</source>
        <translation>单个用户</translation>
    </message>
    <message>
        <source>Only %1 of %2 models are considered.</source>
        <translation>仅考虑 %2 个模型中的 %1 个。</translation>
    </message>
    <message>
        <source>Only the %1 checked GPUs are considered.</source>
        <translation>仅考虑勾选的 %1 个 GPU。</translation>
    </message>
    <message>
        <source>Only the checked GPU is considered.</source>
        <translation>仅考虑勾选的 GPU。</translation>
    </message>
    <message>
        <source>Only this GPU</source>
        <translation>仅此 GPU</translation>
    </message>
    <message>
        <source>Only this model</source>
        <translation>仅此模型</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>Open Plan</source>
        <translation>打开规划</translation>
    </message>
    <message>
        <source>Open a plan or a spec…</source>
        <translation>打开规划或规格…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open loop</source>
        <translation>开环</translation>
    </message>
    <message>
        <source>Open loop, GPU unknown to the fit</source>
        <translation>开环，拟合未见过的 GPU</translation>
    </message>
    <message>
        <source>Open loop, model unknown to the fit</source>
        <translation>开环，拟合未见过的模型</translation>
    </message>
    <message>
        <source>Open question</source>
        <translation>未决问题</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Option id</source>
        <translation>方案标识</translation>
    </message>
    <message>
        <source>Order of the options</source>
        <translation>方案的顺序</translation>
    </message>
    <message>
        <source>Other GPUs</source>
        <translation>其他 GPU</translation>
    </message>
    <message>
        <source>Other settings on the same hardware are at least as good</source>
        <translation>同一硬件上有至少同样好的其他设置</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Output at the peak</source>
        <translation>峰值时的输出</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>Output length</source>
        <translation>输出长度</translation>
    </message>
    <message>
        <source>Output per GPU</source>
        <translation>每 GPU 输出</translation>
    </message>
    <message>
        <source>Output per GPU [tokens/s]</source>
        <translation>每 GPU 输出 [token/s]</translation>
    </message>
    <message>
        <source>Output per user</source>
        <translation>每用户输出</translation>
    </message>
    <message>
        <source>Output per user [tokens/s]</source>
        <translation>每用户输出 [token/s]</translation>
    </message>
    <message>
        <source>Output rate</source>
        <translation>输出速率</translation>
    </message>
    <message>
        <source>Output tokens per second of all users</source>
        <translation>所有用户每秒的输出 token 数</translation>
    </message>
    <message>
        <source>Output variation</source>
        <translation>输出波动</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Outside the targets</source>
        <translation>超出目标</translation>
    </message>
    <message>
        <source>Outside what the engine can predict</source>
        <translation>超出引擎的预测范围</translation>
    </message>
    <message>
        <source>Over budget</source>
        <translation>超出预算</translation>
    </message>
    <message>
        <source>Over the window that is compared</source>
        <translation>在所比较的窗口内</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Own GPUs</source>
        <translation>自有 GPU</translation>
    </message>
    <message>
        <source>P/D %1 → %2</source>
        <translation>P/D %1 → %2</translation>
    </message>
    <message>
        <source>P/D Capacity</source>
        <translation>P/D 容量</translation>
    </message>
    <message>
        <source>P/D Split</source>
        <translation>P/D 拆分</translation>
    </message>
    <message>
        <source>PCIe, %1 GB/s</source>
        <translation>PCIe，%1 GB/s</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)</source>
        <translation>PNG 图像 (*.png);;SVG 图形 (*.svg);;PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>第 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Page Up，Page Down</translation>
    </message>
    <message>
        <source>Page, command, field, model, GPU or option</source>
        <translation>页面、命令、字段、模型、GPU 或方案</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Parameters that one token passes through</source>
        <translation>一个 token 经过的参数</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Parts of the time</source>
        <translation>时间的组成</translation>
    </message>
    <message>
        <source>Peak %1</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>Peak factor</source>
        <translation>峰值系数</translation>
    </message>
    <message>
        <source>Peak load</source>
        <translation>峰值负载</translation>
    </message>
    <message>
        <source>Peak rate</source>
        <translation>峰值速率</translation>
    </message>
    <message>
        <source>Peak rate, which plans are sized for</source>
        <translation>规划所依据的峰值速率</translation>
    </message>
    <message>
        <source>People who use the service, whether active at the moment or not. “5k” and “1.2M” are understood.</source>
        <translation>使用该服务的人数，无论当前是否活跃。可写“5k”和“1.2M”。</translation>
    </message>
    <message>
        <source>Per layer</source>
        <translation>每层</translation>
    </message>
    <message>
        <source>Per node</source>
        <translation>每节点</translation>
    </message>
    <message>
        <source>Per step</source>
        <translation>每步</translation>
    </message>
    <message>
        <source>Percentile of %1</source>
        <translation>%1的百分位</translation>
    </message>
    <message>
        <source>PersistentVolumeClaim that keeps the downloaded model; all pods must be able to mount it at once.</source>
        <translation>保存已下载模型的 PersistentVolumeClaim；所有 Pod 必须能同时挂载它。</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg)</source>
        <translation>图片 (*.png *.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Place in the current view; a tick puts the option on the Compare page, the star marks the plan that will be exported</source>
        <translation>在当前视图中的名次；打勾将方案放到“比较”页，星标表示将要导出的规划</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Plan again for what is observed, and say what to change</source>
        <translation>按观测结果重新规划，并说明需要更改的内容</translation>
    </message>
    <message>
        <source>Plan: %1</source>
        <translation>规划：%1</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Planned peak: %1</source>
        <translation>计划峰值：%1</translation>
    </message>
    <message>
        <source>Planned: the share of the role's derate</source>
        <translation>计划：按角色折减后的份额</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>正在规划</translation>
    </message>
    <message>
        <source>Planning for what is observed</source>
        <translation>正在按观测结果规划</translation>
    </message>
    <message>
        <source>Plans (*.llmdplan)</source>
        <translation>规划 (*.llmdplan)</translation>
    </message>
    <message>
        <source>Plans how to serve a language model with llm-d.</source>
        <translation>规划如何用 llm-d 提供语言模型服务。</translation>
    </message>
    <message>
        <source>Plans that cost more in a month of 730 hours are refused. Empty means no limit.</source>
        <translation>按每月 730 小时计费用更高的规划会被排除。留空表示无限制。</translation>
    </message>
    <message>
        <source>Plans that state no price list or no versions of their own follow these, at once.</source>
        <translation>未指定价目表或版本的规划会立即遵循这些设置。</translation>
    </message>
    <message>
        <source>Plans that you open or save appear here.</source>
        <translation>您打开或保存的规划会显示在这里。</translation>
    </message>
    <message>
        <source>Plans use at most the %1 that you have.</source>
        <translation>规划最多使用您现有的 %1 个。</translation>
    </message>
    <message>
        <source>Plans use the one that you have.</source>
        <translation>规划使用您现有的那一个。</translation>
    </message>
    <message>
        <source>Plans with more GPUs are refused. Empty means no limit.</source>
        <translation>使用更多 GPU 的规划会被排除。留空表示无限制。</translation>
    </message>
    <message>
        <source>Plans, requirements or specs to open, each in a window of its own.</source>
        <translation>要打开的规划、需求或规格，各在单独的窗口中打开。</translation>
    </message>
    <message>
        <source>Plans, requirements, specs and sweeps (*.llmdplan *.yaml *.yml *.json);;All files (*)</source>
        <translation>规划、需求、规格和扫描 (*.llmdplan *.yaml *.yml *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Points of equal model, GPU, topology, version, load generator and folder become one curve</source>
        <translation>模型、GPU、拓扑、版本、负载生成器和文件夹相同的点合为一条曲线</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>功率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Precision of the linear weights</source>
        <translation>线性层权重的精度</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Predicted for the observed load</source>
        <translation>针对观测负载的预测</translation>
    </message>
    <message>
        <source>Predicting…</source>
        <translation>正在预测…</translation>
    </message>
    <message>
        <source>Prediction of the plan for the load it was made for</source>
        <translation>规划针对其设计负载的预测</translation>
    </message>
    <message>
        <source>Predictions of every engine</source>
        <translation>各引擎的预测</translation>
    </message>
    <message>
        <source>Predictions of this class were close to what was measured.</source>
        <translation>此类别的预测与实测接近。</translation>
    </message>
    <message>
        <source>Predictions of this class were fair: leave some head-room.</source>
        <translation>此类别的预测尚可：请留一些余量。</translation>
    </message>
    <message>
        <source>Predictions of this class were poor for some figures: measure before you rely on them.</source>
        <translation>此类别的部分数值预测较差：依赖之前请先测量。</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>Prefill and decode apart</source>
        <translation>预填充与解码分离</translation>
    </message>
    <message>
        <source>Prefill and decode servers</source>
        <translation>预填充和解码服务器</translation>
    </message>
    <message>
        <source>Prefill busy</source>
        <translation>预填充占用</translation>
    </message>
    <message>
        <source>Prefill servers</source>
        <translation>预填充服务器</translation>
    </message>
    <message>
        <source>Prefix cache</source>
        <translation>前缀缓存</translation>
    </message>
    <message>
        <source>Prefix cache hits</source>
        <translation>前缀缓存命中</translation>
    </message>
    <message>
        <source>Prefix caching</source>
        <translation>前缀缓存</translation>
    </message>
    <message>
        <source>Prefix groups</source>
        <translation>前缀组</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Price list and prices</source>
        <translation>价目表与价格</translation>
    </message>
    <message>
        <source>Price list × GPUs × 730 hours</source>
        <translation>价目表 × GPU 数 × 730 小时</translation>
    </message>
    <message>
        <source>Price of one GPU for an hour; type your own, empty the cell to go back to the list</source>
        <translation>一个 GPU 每小时的价格；可自行输入，清空单元格即恢复价目表</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Priorities</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Priorities, reserve and versions</source>
        <translation>优先级、预留与版本</translation>
    </message>
    <message>
        <source>Priorities: cost, latency, quality, simplicity</source>
        <translation>优先级：成本、延迟、质量、简单性</translation>
    </message>
    <message>
        <source>Progress of the calibration</source>
        <translation>校准进度</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation>正在运行的任务的进度</translation>
    </message>
    <message>
        <source>Prometheus</source>
        <translation>Prometheus</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Prompt and output</source>
        <translation>提示词与输出</translation>
    </message>
    <message>
        <source>Prompt length</source>
        <translation>提示词长度</translation>
    </message>
    <message>
        <source>Prompt tokens found in the prefix cache</source>
        <translation>在前缀缓存中找到的提示词 token</translation>
    </message>
    <message>
        <source>Prompt variation</source>
        <translation>提示词波动</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Prompts from</source>
        <translation>提示词来源</translation>
    </message>
    <message>
        <source>Prompts: mean %1, 95 of 100 up to %2 tokens. Outputs: mean %3, 95 of 100 up to %4 tokens.</source>
        <translation>提示词：平均 %1，百分之 95 不超过 %2 个 token。输出：平均 %3，百分之 95 不超过 %4 个 token。</translation>
    </message>
    <message>
        <source>Properties of the compared options, those that differ first</source>
        <translation>所比较方案的属性，不同的在前</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Published benchmark scores that the quality score can use</source>
        <translation>质量得分可用的已发布基准测试得分</translation>
    </message>
    <message>
        <source>Published benchmark scores, weighed for the use case; each leads to its source. Scores of your own take the place of published ones.</source>
        <translation>已发布的基准测试得分，按用例加权；每项都可查看来源。您自己的得分会取代已发布的。</translation>
    </message>
    <message>
        <source>Published by</source>
        <translation>发布者</translation>
    </message>
    <message>
        <source>Published scores of the model for this use case.</source>
        <translation>该模型针对此用例的已发布得分。</translation>
    </message>
    <message>
        <source>Put the selected option on the Compare page or take it off</source>
        <translation>将所选方案放到“比较”页或从中移除</translation>
    </message>
    <message>
        <source>Put two to five options side by side: differences first, ready to print or to present.</source>
        <translation>将两到五个方案并排显示：差异优先，可直接打印或演示。</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Quality data</source>
        <translation>质量数据</translation>
    </message>
    <message>
        <source>Queueing</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>RDMA (InfiniBand or RoCE)</source>
        <translation>RDMA（InfiniBand 或 RoCE）</translation>
    </message>
    <message>
        <source>Ranked &amp;options</source>
        <translation>按名次排列的方案(&amp;O)</translation>
    </message>
    <message>
        <source>Ranked configurations and their trade-offs</source>
        <translation>按名次排列的配置及其权衡</translation>
    </message>
    <message>
        <source>Ranked options</source>
        <translation>按名次排列的方案</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Ray %1 with vLLM %2 inside</source>
        <translation>Ray %1，内含 vLLM %2</translation>
    </message>
    <message>
        <source>Ray Serve</source>
        <translation>Ray Serve</translation>
    </message>
    <message>
        <source>Re&amp;store</source>
        <translation>恢复(&amp;S)</translation>
    </message>
    <message>
        <source>Reading metrics</source>
        <translation>正在读取指标</translation>
    </message>
    <message>
        <source>Reading reports</source>
        <translation>正在读取报告</translation>
    </message>
    <message>
        <source>Reading scores</source>
        <translation>正在读取评分</translation>
    </message>
    <message>
        <source>Reading the answer</source>
        <translation>正在读取回答</translation>
    </message>
    <message>
        <source>Reading the description</source>
        <translation>正在读取描述</translation>
    </message>
    <message>
        <source>Reading the report</source>
        <translation>正在读取报告</translation>
    </message>
    <message>
        <source>Reading what was chosen …</source>
        <translation>正在读取所选内容 …</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Recent &amp;plans</source>
        <translation>最近的规划(&amp;P)</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>最近的规划</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被排除</translation>
    </message>
    <message>
        <source>Refused. %1</source>
        <translation>已拒绝。%1</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove From Comparison</source>
        <translation>从比较中移除</translation>
    </message>
    <message>
        <source>Remove added model</source>
        <translation>移除所添加的模型</translation>
    </message>
    <message>
        <source>Remove this message</source>
        <translation>移除此消息</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>移除“%1”</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Removing measurements</source>
        <translation>正在移除测量</translation>
    </message>
    <message>
        <source>Reorder Comparison</source>
        <translation>调整比较顺序</translation>
    </message>
    <message>
        <source>Repeating prompts</source>
        <translation>重复的提示词</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>副本数</translation>
    </message>
    <message>
        <source>Replicas × parallelism of each: TP tensor, PP pipeline</source>
        <translation>副本数 × 每个副本的并行方式：TP 张量，PP 流水线</translation>
    </message>
    <message>
        <source>Reports and archives (*.yaml *.yml *.json *.csv *.zip *.tar *.gz *.tgz *.zst *.xz *.db);;All files (*)</source>
        <translation>报告和归档 (*.yaml *.yml *.json *.csv *.zip *.tar *.gz *.tgz *.zst *.xz *.db);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reports, folders and archives; they can also be dropped on the window</source>
        <translation>报告、文件夹和归档；也可拖放到窗口</translation>
    </message>
    <message>
        <source>Request loss: %1</source>
        <translation>请求丢失：%1</translation>
    </message>
    <message>
        <source>Request rate</source>
        <translation>请求速率</translation>
    </message>
    <message>
        <source>Request timeout</source>
        <translation>请求超时</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Requests arrive at a given rate, as they do in production. The coefficients were fitted to these runs.</source>
        <translation>请求按给定速率到达，与生产环境一样。系数就是按这些运行拟合的。</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>同时请求数</translation>
    </message>
    <message>
        <source>Requests of all users together, averaged over the day: “12.5/s”, “300/min”, “1M/day”.</source>
        <translation>所有用户的请求合计，按全天平均：“12.5/s”、“300/min”、“1M/day”。</translation>
    </message>
    <message>
        <source>Requests that were sent per second; none if the load was a number of requests at once</source>
        <translation>每秒发送的请求数；若负载为固定的同时请求数则无</translation>
    </message>
    <message>
        <source>Requests that were under way at once</source>
        <translation>同时处理中的请求数</translation>
    </message>
    <message>
        <source>Requirements</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Research and legal analysis</source>
        <translation>研究与法律分析</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>预留</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset %1 to the default</source>
        <translation>将%1重置为默认值</translation>
    </message>
    <message>
        <source>Reset &amp;All</source>
        <translation>全部重置(&amp;A)</translation>
    </message>
    <message>
        <source>Reset Columns</source>
        <translation>重置列</translation>
    </message>
    <message>
        <source>Reset Priorities</source>
        <translation>重置优先级</translation>
    </message>
    <message>
        <source>Reset my prices</source>
        <translation>重置我的价格</translation>
    </message>
    <message>
        <source>Reset the priorities</source>
        <translation>重置优先级</translation>
    </message>
    <message>
        <source>Reset to the default</source>
        <translation>重置为默认值</translation>
    </message>
    <message>
        <source>Reset to the use case</source>
        <translation>重置为用例设定</translation>
    </message>
    <message>
        <source>Resource of the RDMA device plugin, asked for where data leaves a node by RDMA.</source>
        <translation>RDMA 设备插件的资源，在数据通过 RDMA 离开节点时申请。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Restoring measurements</source>
        <translation>正在恢复测量</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Review Report</source>
        <translation>审阅报告</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roofline</source>
        <translation>Roofline</translation>
    </message>
    <message>
        <source>Routed experts</source>
        <translation>路由专家</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Router configuration</source>
        <translation>路由器配置</translation>
    </message>
    <message>
        <source>Router scores by</source>
        <translation>路由器评分依据</translation>
    </message>
    <message>
        <source>Router weights, by simulation</source>
        <translation>路由器权重，通过仿真</translation>
    </message>
    <message>
        <source>Rules of use cases (*.yaml *.yml)</source>
        <translation>用例规则 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Rules of use cases (*.yaml)</source>
        <translation>用例规则 (*.yaml)</translation>
    </message>
    <message>
        <source>Rules of your own organisation: saved from what you state here, shared as a file, used by both programs (--use-cases FILE).</source>
        <translation>您自己组织的规则：由您在此给出的内容保存，以文件共享，两个程序都可使用 (--use-cases FILE)。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Running per replica</source>
        <translation>每副本运行数</translation>
    </message>
    <message>
        <source>Running per server</source>
        <translation>每服务器运行数</translation>
    </message>
    <message>
        <source>Running sequences of a replica as a share of max_num_seqs</source>
        <translation>副本中运行的序列占 max_num_seqs 的份额</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Runs that teach nothing</source>
        <translation>未提供校准信息的运行</translation>
    </message>
    <message>
        <source>Runs: measured, raw and calibrated</source>
        <translation>运行：实测、原始与校准</translation>
    </message>
    <message>
        <source>S&amp;uggest a Change</source>
        <translation>建议更改(&amp;U)</translation>
    </message>
    <message>
        <source>SGLang and TensorRT-LLM on the same GPUs: the engines describe vLLM, so these say how different others are.</source>
        <translation>同样 GPU 上的 SGLang 和 TensorRT-LLM：引擎描述的是 vLLM，因此这里显示其他引擎有多大不同。</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Saturated: more arrives than can be served, so latencies grow as long as the load lasts. Add replicas, choose a larger option or lower the peak load.</source>
        <translation>已饱和：到达量超过可服务量，负载持续多久延迟就增长多久。请增加副本、选择更大的方案或降低峰值负载。</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save All Presets</source>
        <translation>保存所有预设</translation>
    </message>
    <message>
        <source>Save All Presets to a File…</source>
        <translation>将所有预设保存到文件…</translation>
    </message>
    <message>
        <source>Save Comparison</source>
        <translation>保存比较</translation>
    </message>
    <message>
        <source>Save Image</source>
        <translation>保存图像</translation>
    </message>
    <message>
        <source>Save Image…</source>
        <translation>保存图像…</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>保存 PDF…</translation>
    </message>
    <message>
        <source>Save Plan</source>
        <translation>保存规划</translation>
    </message>
    <message>
        <source>Save Re&amp;view Report…</source>
        <translation>保存审阅报告(&amp;V)…</translation>
    </message>
    <message>
        <source>Save Review Report</source>
        <translation>保存审阅报告</translation>
    </message>
    <message>
        <source>Save as &amp;archive…</source>
        <translation>保存为归档(&amp;A)…</translation>
    </message>
    <message>
        <source>Save as Preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>Save as Preset…</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Save the deployment files as an archive</source>
        <translation>将部署文件保存为归档</translation>
    </message>
    <message>
        <source>Save the deployment files to a folder</source>
        <translation>将部署文件保存到文件夹</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>Saving the deployment files</source>
        <translation>正在保存部署文件</translation>
    </message>
    <message>
        <source>Say in a sentence or two what you need; it is turned into figures.</source>
        <translation>用一两句话说明您的需求；它会被转换为数值。</translation>
    </message>
    <message>
        <source>Say in your own words what is needed: who uses it and how many, how fast it has to be, what may be spent, which hardware and models. English, German and Chinese are read on this computer.</source>
        <translation>用您自己的话说明需求：谁使用、多少人、要多快、可花费多少、用哪些硬件和模型。英语、德语和中文均在此计算机上读取。</translation>
    </message>
    <message>
        <source>Say this in words below, please.</source>
        <translation>请在下方用文字说明。</translation>
    </message>
    <message>
        <source>Scaling and routing</source>
        <translation>扩缩与路由</translation>
    </message>
    <message>
        <source>Scheduler settings, by simulation</source>
        <translation>调度器设置，通过仿真</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Scores (0 to 100)</source>
        <translation>得分（0 到 100）</translation>
    </message>
    <message>
        <source>Scores behind the quality of each model</source>
        <translation>各模型质量背后的得分</translation>
    </message>
    <message>
        <source>Scores of %1</source>
        <translation>%1 的得分</translation>
    </message>
    <message>
        <source>Scores of %1, of which this variant keeps %2</source>
        <translation>%1 的得分，此变体保留其中的 %2</translation>
    </message>
    <message>
        <source>Scores of the file</source>
        <translation>文件中的得分</translation>
    </message>
    <message>
        <source>Scores or results of an evaluation (*.csv *.json);;All files (*)</source>
        <translation>得分或评估结果 (*.csv *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部内容</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>在文档中搜索</translation>
    </message>
    <message>
        <source>Search model, GPU, description, file</source>
        <translation>搜索模型、GPU、描述、文件</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索测量库</translation>
    </message>
    <message>
        <source>Searching configurations</source>
        <translation>正在搜索配置</translation>
    </message>
    <message>
        <source>Searching configurations…</source>
        <translation>正在搜索配置…</translation>
    </message>
    <message>
        <source>Searching for options…</source>
        <translation>正在搜索方案…</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Second opinion of a language model</source>
        <translation>语言模型的第二意见</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Seconds or milliseconds?</source>
        <translation>秒还是毫秒？</translation>
    </message>
    <message>
        <source>Secret with the key HF_TOKEN, needed for models that ask for a licence; it is never written by us.</source>
        <translation>含键 HF_TOKEN 的 Secret，需要许可的模型必须有它；我们从不写入它。</translation>
    </message>
    <message>
        <source>Secret with which the nodes pull the images.</source>
        <translation>节点拉取镜像所用的 Secret。</translation>
    </message>
    <message>
        <source>See every option</source>
        <translation>查看所有方案</translation>
    </message>
    <message>
        <source>Select a measurement to see what was served, under which load, and what came out.</source>
        <translation>选择一次测量，查看服务了什么、在何种负载下以及结果如何。</translation>
    </message>
    <message>
        <source>Select an option in the table or in a chart.</source>
        <translation>请在表格或某个图表中选择一个方案。</translation>
    </message>
    <message>
        <source>Select an option in the table or in the chart.</source>
        <translation>请在表格或图表中选择一个方案。</translation>
    </message>
    <message>
        <source>Selected measurements: %1. What a report states itself is not changed; what you add is marked as added by hand.</source>
        <translation>已选测量：%1。报告自身给出的内容不会改变；您补充的内容会标记为手动添加。</translation>
    </message>
    <message>
        <source>Selected option under load</source>
        <translation>负载下的所选方案</translation>
    </message>
    <message>
        <source>Sends the text to %1 at %2.</source>
        <translation>将文本发送到 %2 的 %1。</translation>
    </message>
    <message>
        <source>Sends this sentence: %1</source>
        <translation>将发送此句：%1</translation>
    </message>
    <message>
        <source>Sequences of full length at once</source>
        <translation>同时容纳的最长序列数</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>已服务</translation>
    </message>
    <message>
        <source>Served [requests/s]</source>
        <translation>已服务 [请求/s]</translation>
    </message>
    <message>
        <source>Served without a growing queue: up to %1. Knee: %2.</source>
        <translation>队列不增长的服务上限：%1。拐点：%2。</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Servers of the role</source>
        <translation>该角色的服务器</translation>
    </message>
    <message>
        <source>Servers that run even without load. 2 or more survive the loss of one.</source>
        <translation>即使没有负载也运行的服务器。2 个或更多可承受失去一个。</translation>
    </message>
    <message>
        <source>Servers' /metrics</source>
        <translation>服务器的 /metrics</translation>
    </message>
    <message>
        <source>Serving plan</source>
        <translation>服务规划</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings of the language model</source>
        <translation>语言模型的设置</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Share Runs</source>
        <translation>共享运行</translation>
    </message>
    <message>
        <source>Share of the KV cache in use at the peak load</source>
        <translation>峰值负载下 KV 缓存的使用份额</translation>
    </message>
    <message>
        <source>Share of the capacity that stays free at the peak, for growth, retries and uneven routing.</source>
        <translation>峰值时保持空闲的容量份额，用于增长、重试和不均匀的路由。</translation>
    </message>
    <message>
        <source>Share of the other models with a score of this test that have a lower one</source>
        <translation>在此测试有得分的其他模型中得分更低者的份额</translation>
    </message>
    <message>
        <source>Share of the requests that were answered</source>
        <translation>得到应答的请求份额</translation>
    </message>
    <message>
        <source>Share of the weights for which the model has a score; below 60 % there is “no data”</source>
        <translation>模型有得分的权重份额；低于 60 % 时显示“无数据”</translation>
    </message>
    <message>
        <source>Share within targets</source>
        <translation>目标之内的份额</translation>
    </message>
    <message>
        <source>Shared experts, router</source>
        <translation>共享专家、路由层</translation>
    </message>
    <message>
        <source>Shared prefix</source>
        <translation>共享前缀</translation>
    </message>
    <message>
        <source>Shift+F1 explains what you click next. Ctrl+K finds everything.</source>
        <translation>按 Shift+F1 后单击任意项可查看说明。按 Ctrl+K 可查找全部内容。</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Shift+拖动</translation>
    </message>
    <message>
        <source>Short of %1 per GPU. %2</source>
        <translation>每 GPU 缺 %1。%2</translation>
    </message>
    <message>
        <source>Short summaries</source>
        <translation>短摘要</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Show Everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show Evidence…</source>
        <translation>显示依据…</translation>
    </message>
    <message>
        <source>Show Reasons</source>
        <translation>显示原因</translation>
    </message>
    <message>
        <source>Show as Table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>以表格显示</translation>
    </message>
    <message>
        <source>Show everything (Home)</source>
        <translation>显示全部 (Home)</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>在“浏览”中显示</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>带我看看</translation>
    </message>
    <message>
        <source>Show the to&amp;ur</source>
        <translation>显示导览(&amp;U)</translation>
    </message>
    <message>
        <source>Show this page first.</source>
        <translation>首先显示此页。</translation>
    </message>
    <message>
        <source>Show why the best of the present view is in front of this option</source>
        <translation>显示当前视图中的最佳方案为何优于此方案</translation>
    </message>
    <message>
        <source>Simplest</source>
        <translation>最简单</translation>
    </message>
    <message>
        <source>Simplicity</source>
        <translation>简单性</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>仿真</translation>
    </message>
    <message>
        <source>Since the change, or over the last windows</source>
        <translation>自变化以来，或最近的窗口内</translation>
    </message>
    <message>
        <source>Something Else…</source>
        <translation>其他内容…</translation>
    </message>
    <message>
        <source>Something was not found</source>
        <translation>未找到某项内容</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Stable id, as the command line takes it</source>
        <translation>固定标识，与命令行所用相同</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Standard deviation of the output length as a share of its mean; 0 means that all are equally long.</source>
        <translation>输出长度的标准差与平均值之比；0 表示全部等长。</translation>
    </message>
    <message>
        <source>Standard deviation of the prompt length as a share of its mean; 0 means that all are equally long.</source>
        <translation>提示词长度的标准差与平均值之比；0 表示全部等长。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>State the need</source>
        <translation>说明需求</translation>
    </message>
    <message>
        <source>State the number of users</source>
        <translation>给出用户数</translation>
    </message>
    <message>
        <source>State the request rate</source>
        <translation>给出请求速率</translation>
    </message>
    <message>
        <source>State what has to be served. Steps can be visited in any order and there is nothing to apply: each change is part of the plan at once and can be undone. A field that you leave empty is derived from the use case.</source>
        <translation>说明需要提供的服务。各步骤可按任意顺序访问，无需应用：每次更改立即成为规划的一部分，并可撤销。留空的字段由用例推导。</translation>
    </message>
    <message>
        <source>State what is needed, compare what can do it, export the manifests. Everything is computed on this machine; nothing is sent anywhere.</source>
        <translation>说明需求，比较可行的方案，导出部署清单。一切都在本机计算；不会向任何地方发送数据。</translation>
    </message>
    <message>
        <source>State what is needed: load, latency, models, hardware and priorities.</source>
        <translation>说明需要什么：负载、延迟、模型、硬件和优先级。</translation>
    </message>
    <message>
        <source>Stated</source>
        <translation>已给出</translation>
    </message>
    <message>
        <source>Stated for “%1”</source>
        <translation>为“%1”给出</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>步骤 %1：%2</translation>
    </message>
    <message>
        <source>Step Time</source>
        <translation>步骤时间</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>步骤时间</translation>
    </message>
    <message>
        <source>Step time ×</source>
        <translation>步骤时间 ×</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Steps until then</source>
        <translation>到那时的步骤</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop asking the language model</source>
        <translation>停止询问语言模型</translation>
    </message>
    <message>
        <source>Stop the engines that are still at work</source>
        <translation>停止仍在工作的引擎</translation>
    </message>
    <message>
        <source>Stop the running job and keep what it found</source>
        <translation>停止正在运行的任务并保留已找到的结果</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopped before it was done.</source>
        <translation>在完成之前已停止。</translation>
    </message>
    <message>
        <source>Stopped before the end; what was added stays: %1</source>
        <translation>在结束前已停止；已添加的内容保留：%1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Stopped. The last reading stays in view.</source>
        <translation>已停止。最后一次读数保留显示。</translation>
    </message>
    <message>
        <source>Stopping after the present file …</source>
        <translation>将在当前文件完成后停止…</translation>
    </message>
    <message>
        <source>Stored as a validated benchmark of this plan, marked as observed in operation.</source>
        <translation>已存储为此规划的已验证基准测试，标为运行中观测所得。</translation>
    </message>
    <message>
        <source>Stores of benchmarks (*.db)</source>
        <translation>基准测试存储 (*.db)</translation>
    </message>
    <message>
        <source>Stores of benchmarks (*.db);;All files (*)</source>
        <translation>基准测试存储 (*.db);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Storing the observation</source>
        <translation>正在存储观测结果</translation>
    </message>
    <message>
        <source>Suggested change</source>
        <translation>建议的更改</translation>
    </message>
    <message>
        <source>Suggestions in an editor while a developer types.</source>
        <translation>开发者输入时在编辑器中给出建议。</translation>
    </message>
    <message>
        <source>Sum of weight × place over the scores of a model, divided by the weights that are there</source>
        <translation>模型各得分的权重 × 名次之和，除以现有权重</translation>
    </message>
    <message>
        <source>Summaries of mails, tickets and articles of a few pages.</source>
        <translation>对几页长的邮件、工单和文章的摘要。</translation>
    </message>
    <message>
        <source>Summaries of reports and contracts of dozens of pages.</source>
        <translation>对数十页的报告和合同的摘要。</translation>
    </message>
    <message>
        <source>Support chat</source>
        <translation>客服聊天</translation>
    </message>
    <message>
        <source>Switching corrections off</source>
        <translation>正在关闭校正</translation>
    </message>
    <message>
        <source>Switching corrections on</source>
        <translation>正在开启校正</translation>
    </message>
    <message>
        <source>T&amp;olerations</source>
        <translation>容忍(&amp;O)</translation>
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
        <translation>TTFT %1，TPOT %2，E2E %3</translation>
    </message>
    <message>
        <source>TTFT calibrated</source>
        <translation>TTFT 校准</translation>
    </message>
    <message>
        <source>TTFT mean</source>
        <translation>TTFT 平均</translation>
    </message>
    <message>
        <source>TTFT measured</source>
        <translation>TTFT 实测</translation>
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
        <translation>TTFT 原始</translation>
    </message>
    <message>
        <source>TTFT target out of reach</source>
        <translation>TTFT 目标无法达到</translation>
    </message>
    <message>
        <source>TTFT, mean</source>
        <translation>TTFT，平均</translation>
    </message>
    <message>
        <source>Tables and warnings of the comparison</source>
        <translation>比较的表格与警告</translation>
    </message>
    <message>
        <source>Taints that the servers accept besides that of the GPUs: key, key=value or key=value:NoSchedule, separated by spaces.</source>
        <translation>除 GPU 的污点外服务器还接受的污点：key、key=value 或 key=value:NoSchedule，用空格分隔。</translation>
    </message>
    <message>
        <source>Take Back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take Off</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Take Over Runs</source>
        <translation>并入运行</translation>
    </message>
    <message>
        <source>Take Over a Library</source>
        <translation>并入测量库</translation>
    </message>
    <message>
        <source>Take it to the cluster</source>
        <translation>部署到集群</translation>
    </message>
    <message>
        <source>Taken for the model</source>
        <translation>对应的模型</translation>
    </message>
    <message>
        <source>Takes the place of</source>
        <translation>取代</translation>
    </message>
    <message>
        <source>Takes the selected measurements out; can be undone</source>
        <translation>移出所选测量；可撤销</translation>
    </message>
    <message>
        <source>Taking over a library</source>
        <translation>正在并入测量库</translation>
    </message>
    <message>
        <source>Taking over runs</source>
        <translation>正在并入运行</translation>
    </message>
    <message>
        <source>Target: %1 %2 ≤ %3 – drag</source>
        <translation>目标：%1 %2 ≤ %3 – 可拖动</translation>
    </message>
    <message>
        <source>Target: %1 ≤ %2</source>
        <translation>目标：%1 ≤ %2</translation>
    </message>
    <message>
        <source>Testing the language model</source>
        <translation>正在测试语言模型</translation>
    </message>
    <message>
        <source>Texts of a few paragraphs, translated on request.</source>
        <translation>按请求翻译几个段落的文本。</translation>
    </message>
    <message>
        <source>The catalog has no such GPU. Which other one may it be?</source>
        <translation>目录中没有此 GPU。可能是哪一种？</translation>
    </message>
    <message>
        <source>The catalog has no such model. Which other one may it be?</source>
        <translation>目录中没有此模型。可能是哪一个？</translation>
    </message>
    <message>
        <source>The chart was not printed.</source>
        <translation>图表未打印。</translation>
    </message>
    <message>
        <source>The check mark is at the engine of the search; small figures below are the differences to it.</source>
        <translation>对勾位于搜索所用引擎；下方的小数字是与它的差异。</translation>
    </message>
    <message>
        <source>The check mark is at the engine that made the figures of the search</source>
        <translation>对勾位于给出搜索数值的引擎</translation>
    </message>
    <message>
        <source>The checks found %1 things to look at.</source>
        <translation>检查发现 %1 处需要查看。</translation>
    </message>
    <message>
        <source>The checks found one thing to look at.</source>
        <translation>检查发现一处需要查看。</translation>
    </message>
    <message>
        <source>The closed-loop points at which requests need not wait for a seat.</source>
        <translation>请求无需等待空位的闭环测点。</translation>
    </message>
    <message>
        <source>The closed-loop points, each GPU with coefficients that never saw it.</source>
        <translation>闭环测点，每种 GPU 使用从未见过它的系数。</translation>
    </message>
    <message>
        <source>The closed-loop points, each model with coefficients that never saw it.</source>
        <translation>闭环测点，每个模型使用从未见过它的系数。</translation>
    </message>
    <message>
        <source>The data was not exported: %1</source>
        <translation>未导出数据：%1</translation>
    </message>
    <message>
        <source>The deployment does what the plan predicts for this load.</source>
        <translation>部署的表现与规划对此负载的预测一致。</translation>
    </message>
    <message>
        <source>The description is longer than 1 MiB and is not read; shorten it to what the service needs.</source>
        <translation>描述超过 1 MiB，未被读取；请缩短为服务所需的内容。</translation>
    </message>
    <message>
        <source>The engine that predicted these figures</source>
        <translation>预测这些数值的引擎</translation>
    </message>
    <message>
        <source>The engine that predicts the options of the search.

%1</source>
        <translation>预测搜索方案的引擎。

%1</translation>
    </message>
    <message>
        <source>The engine “%1” is asked about every configuration, and that takes a while. Stop to keep what was found so far; fewer models or GPUs make it shorter.</source>
        <translation>会就每个配置询问引擎“%1”，这需要一些时间。停止可保留目前找到的结果；减少模型或 GPU 可缩短时间。</translation>
    </message>
    <message>
        <source>The engines now use other coefficients (“%1”): the comparison is due again.</source>
        <translation>引擎现在使用其他系数（“%1”）：需要重新比较。</translation>
    </message>
    <message>
        <source>The file %1 cannot be written.</source>
        <translation>无法写入文件 %1。</translation>
    </message>
    <message>
        <source>The file of “%1” is gone. Save the plan to write it again.</source>
        <translation>“%1”的文件已不存在。保存规划可重新写入。</translation>
    </message>
    <message>
        <source>The files say at their top that the plan does not fit.</source>
        <translation>文件开头会说明该规划放不下。</translation>
    </message>
    <message>
        <source>The first %1 of %2 MB:</source>
        <translation>前 %1 MB，共 %2 MB：</translation>
    </message>
    <message>
        <source>The image was not saved: %1</source>
        <translation>未保存图像：%1</translation>
    </message>
    <message>
        <source>The imported scores are forgotten.</source>
        <translation>已清除导入的得分。</translation>
    </message>
    <message>
        <source>The language model adds nothing.</source>
        <translation>语言模型没有补充。</translation>
    </message>
    <message>
        <source>The language model agrees on: %1.</source>
        <translation>语言模型同意：%1。</translation>
    </message>
    <message>
        <source>The language model could not be used; what the rules read stays as it is.</source>
        <translation>语言模型无法使用；规则读取的内容保持不变。</translation>
    </message>
    <message>
        <source>The library is sound: %1 measurements.</source>
        <translation>测量库完好：%1 次测量。</translation>
    </message>
    <message>
        <source>The library of measurements. Import reports or folders of them, look at what was found before it is stored, compare runs, and let the estimates learn from them.</source>
        <translation>测量库。导入报告或报告文件夹，在存储前查看找到的内容，比较运行，并让估算从中学习。</translation>
    </message>
    <message>
        <source>The load generator of an imported report, or who published a measurement that the program brings along</source>
        <translation>所导入报告的负载生成器，或程序自带测量的发布者</translation>
    </message>
    <message>
        <source>The mark beside each field says where its value comes from: stated by you, a rule of the use case, computed from other fields, or a default. Point at the mark to see the computation. Targets are percentiles of the latency at the peak load.</source>
        <translation>每个字段旁的标记说明其值的来源：由您给出、用例的规则、由其他字段计算，或默认值。指向标记可查看计算过程。目标为峰值负载下延迟的百分位。</translation>
    </message>
    <message>
        <source>The need and its assumptions, the ranked options with charts and intervals, what was refused and why, and the chosen plan with its files: for people who decide without this program.</source>
        <translation>需求及其假设、按名次排列的方案及图表和区间、被排除的内容及原因，以及所选规划及其文件：供不使用此程序的决策者参阅。</translation>
    </message>
    <message>
        <source>The option %1 is not among the present results.</source>
        <translation>方案 %1 不在当前结果中。</translation>
    </message>
    <message>
        <source>The option that is selected under Explore is of this class and predicted by this engine</source>
        <translation>“浏览”中所选的方案属于此类别，并由此引擎预测</translation>
    </message>
    <message>
        <source>The options appear here when it is stated what is needed.</source>
        <translation>说明需求后，方案会显示在这里。</translation>
    </message>
    <message>
        <source>The pages follow the work from top to bottom. All show the same plan; Ctrl with a figure goes to a page.</source>
        <translation>页面自上而下遵循工作流程。所有页面显示同一规划；Ctrl 加数字可转到某一页。</translation>
    </message>
    <message>
        <source>The peak of %1 needs %2 prefill and %3 decode servers: each prefill server carries %4, each decode server %5.</source>
        <translation>%1 的峰值需要 %2 个预填充和 %3 个解码服务器：每个预填充服务器承载 %4，每个解码服务器承载 %5。</translation>
    </message>
    <message>
        <source>The plan has changed. The comparison is still with the plan from when it was started; stop and start to compare with the new one.</source>
        <translation>规划已更改。比较仍基于启动时的规划；停止并重新启动可与新规划比较。</translation>
    </message>
    <message>
        <source>The plan is that of the export: nothing changes.</source>
        <translation>规划与导出的相同：没有变化。</translation>
    </message>
    <message>
        <source>The plan keeps %1.</source>
        <translation>规划保留 %1。</translation>
    </message>
    <message>
        <source>The plan now says what was read; the next steps show it.</source>
        <translation>规划现已包含读取的内容；后续步骤会显示。</translation>
    </message>
    <message>
        <source>The plan says all of this already.</source>
        <translation>规划已包含所有这些内容。</translation>
    </message>
    <message>
        <source>The preset is removed.</source>
        <translation>已移除预设。</translation>
    </message>
    <message>
        <source>The preset “%1” is saved.</source>
        <translation>已保存预设“%1”。</translation>
    </message>
    <message>
        <source>The program ended before %1 plans were saved, “%2” the last of them. Their changes up to %3 were kept.</source>
        <translation>程序在保存 %1 个规划之前已结束，其中最后一个为“%2”。截至 %3 的更改已保留。</translation>
    </message>
    <message>
        <source>The program ended before “%1” was saved. Its changes up to %2 were kept.</source>
        <translation>程序在保存“%1”之前已结束。截至 %2 的更改已保留。</translation>
    </message>
    <message>
        <source>The report as it was imported</source>
        <translation>导入时的报告</translation>
    </message>
    <message>
        <source>The report calls it “%1”</source>
        <translation>报告称之为“%1”</translation>
    </message>
    <message>
        <source>The report states no distributions.</source>
        <translation>报告未给出分布。</translation>
    </message>
    <message>
        <source>The same figures as in Explore. A difference that is smaller than the uncertainty of both figures is shown as no difference.</source>
        <translation>与“浏览”中的数值相同。小于两个数值不确定性的差异显示为无差异。</translation>
    </message>
    <message>
        <source>The same in all</source>
        <translation>全部相同</translation>
    </message>
    <message>
        <source>The same in both</source>
        <translation>两者相同</translation>
    </message>
    <message>
        <source>The score of this model and test that is in use so far</source>
        <translation>此模型和测试目前使用的得分</translation>
    </message>
    <message>
        <source>The search runs whenever the need changes. Here you see its result; problems of the plan are counted beside it.</source>
        <translation>需求变化时即会搜索。此处显示搜索结果；规划的问题数显示在旁边。</translation>
    </message>
    <message>
        <source>The search was stopped early: these are the best options so far.</source>
        <translation>搜索提前停止：这些是目前最好的方案。</translation>
    </message>
    <message>
        <source>The selected measurements beside each other and beside predictions</source>
        <translation>所选测量相互对照，并与预测对照</translation>
    </message>
    <message>
        <source>The serving engine and its version</source>
        <translation>推理引擎及其版本</translation>
    </message>
    <message>
        <source>The side that percentages are against</source>
        <translation>百分比所对照的一方</translation>
    </message>
    <message>
        <source>The text has a syntax error</source>
        <translation>文本有语法错误</translation>
    </message>
    <message>
        <source>The text states nothing that a plan could use yet. Say for example how many users there are, or what the service is for.</source>
        <translation>文本尚未说明规划可用的内容。例如，请说明有多少用户，或服务的用途。</translation>
    </message>
    <message>
        <source>The traffic is judged from the second reading on.</source>
        <translation>从第二次读数起评估流量。</translation>
    </message>
    <message>
        <source>The variable %1 is not set in this session.</source>
        <translation>此会话中未设置变量 %1。</translation>
    </message>
    <message>
        <source>The workbench made a mistake</source>
        <translation>工作台出错了</translation>
    </message>
    <message>
        <source>There are no measurements to compare with.</source>
        <translation>没有可比较的测量。</translation>
    </message>
    <message>
        <source>There are no options to compare yet</source>
        <translation>尚无可比较的方案</translation>
    </message>
    <message>
        <source>There is no page “%1”.</source>
        <translation>没有“%1”这一页。</translation>
    </message>
    <message>
        <source>There is no place for your measurements: neither XDG_DATA_HOME nor HOME is set. Set one of them and start again.</source>
        <translation>没有存放测量的位置：XDG_DATA_HOME 和 HOME 均未设置。请设置其中之一并重新启动。</translation>
    </message>
    <message>
        <source>There is no plan to compare with yet.

State what is needed under Requirements and choose an option under Explore.</source>
        <translation>尚无可比较的规划。

请在“需求”中说明需求，并在“浏览”中选择方案。</translation>
    </message>
    <message>
        <source>There is no plan to compare with yet: wait for the search, or change the requirements until something is feasible.</source>
        <translation>尚无可比较的规划：请等待搜索完成，或更改需求直到有可行方案。</translation>
    </message>
    <message>
        <source>There is no plan to compare with: state a need under Requirements, then measurements of the proposed deployment show here.</source>
        <translation>没有可比较的规划：请在“需求”中说明需求，之后拟议部署的测量会显示在这里。</translation>
    </message>
    <message>
        <source>There is no plan to compare yet.</source>
        <translation>尚无可比较的规划。</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.</source>
        <translation>尚无可比较的内容。</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>尚无可导出的内容。</translation>
    </message>
    <message>
        <source>This chart has no data.</source>
        <translation>此图表没有数据。</translation>
    </message>
    <message>
        <source>This engine does not say where the time of a step goes.</source>
        <translation>此引擎不说明步骤时间花在何处。</translation>
    </message>
    <message>
        <source>This is more than can be handled</source>
        <translation>这超出了可处理的范围</translation>
    </message>
    <message>
        <source>This is not supported</source>
        <translation>不支持此项</translation>
    </message>
    <message>
        <source>This is the default of the workbench.</source>
        <translation>这是工作台的默认值。</translation>
    </message>
    <message>
        <source>This option</source>
        <translation>此方案</translation>
    </message>
    <message>
        <source>This option is the best of the present view</source>
        <translation>此方案是当前视图中的最佳方案</translation>
    </message>
    <message>
        <source>This plan asks for an engine that is not known here.</source>
        <translation>此规划要求一个此处未知的引擎。</translation>
    </message>
    <message>
        <source>This plan does not fit: %1</source>
        <translation>此规划放不下：%1</translation>
    </message>
    <message>
        <source>This value follows from the rules of the use case.</source>
        <translation>此值由用例的规则得出。</translation>
    </message>
    <message>
        <source>This value is computed from the others.</source>
        <translation>此值由其他值计算得出。</translation>
    </message>
    <message>
        <source>Thorough analysis of large files; nobody waits at the screen.</source>
        <translation>对大型卷宗的深入分析；没有人在屏幕前等待。</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput and interactivity</source>
        <translation>吞吐与交互性</translation>
    </message>
    <message>
        <source>Tied with the first: within the intervals of the figures either may be in front</source>
        <translation>与第一名持平：在数值的区间内任何一个都可能领先</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time &amp;limit</source>
        <translation>时间限制(&amp;L)</translation>
    </message>
    <message>
        <source>Time between tokens (ITL, TPOT) limit</source>
        <translation>token 间隔时间 (ITL, TPOT) 限制</translation>
    </message>
    <message>
        <source>Time between tokens at the peak load, 95th percentile</source>
        <translation>峰值负载下 token 间隔时间，第 95 百分位</translation>
    </message>
    <message>
        <source>Time of a whole answer at the peak load, 95th percentile</source>
        <translation>峰值负载下完整回答的时间，第 95 百分位</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Time per output token</source>
        <translation>每个输出 token 的时间</translation>
    </message>
    <message>
        <source>Time that the prediction took on this computer</source>
        <translation>在此计算机上预测所用的时间</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首个 token 时间</translation>
    </message>
    <message>
        <source>Time to first token (TTFT) limit</source>
        <translation>首个 token 时间 (TTFT) 限制</translation>
    </message>
    <message>
        <source>Time to the first token at the peak load, 95th percentile</source>
        <translation>峰值负载下首个 token 时间，第 95 百分位</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Title of the plan</source>
        <translation>规划的标题</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>To apply (NEW is the folder that you save to, OLD that of the earlier export; for other targets than Kubernetes see APPLY.md)</source>
        <translation>应用（NEW 为保存到的文件夹，OLD 为先前导出的文件夹；Kubernetes 以外的目标见 APPLY.md）</translation>
    </message>
    <message>
        <source>To be cleared up</source>
        <translation>有待澄清</translation>
    </message>
    <message>
        <source>To roll back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>Tokens at the start of a prompt that many prompts have in common, such as a system prompt. They are computed once and then found in the prefix cache.</source>
        <translation>许多提示词开头共有的 token，例如系统提示词。只计算一次，之后可在前缀缓存中找到。</translation>
    </message>
    <message>
        <source>Tokens generated by the whole deployment at the peak load</source>
        <translation>峰值负载下整个部署生成的 token</translation>
    </message>
    <message>
        <source>Tokens generated per second and GPU at the peak load</source>
        <translation>峰值负载下每秒每 GPU 生成的 token</translation>
    </message>
    <message>
        <source>Tokens per second that one request gets: one over the mean ITL</source>
        <translation>一个请求每秒得到的 token 数：平均 ITL 的倒数</translation>
    </message>
    <message>
        <source>Tokens to experts</source>
        <translation>token 到专家</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
    <message>
        <source>Trade-offs, better is up</source>
        <translation>权衡，越靠上越好</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Traffic against the plan</source>
        <translation>流量与规划对照</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>True value between %1 and %2 at 90 %, given the number of requests and the width of buckets</source>
        <translation>根据请求数和桶宽，真实值以 90 % 的概率介于 %1 和 %2 之间</translation>
    </message>
    <message>
        <source>Try an example:</source>
        <translation>试试示例：</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Two keys to remember</source>
        <translation>要记住的两个按键</translation>
    </message>
    <message>
        <source>Two to five options side by side, and why one is in front</source>
        <translation>两到五个方案并排显示，以及为何某一个领先</translation>
    </message>
    <message>
        <source>Two to five options side by side, differences first. Add options in Explore with the star or the compare command. The page can be presented on a projector, printed and saved as PDF.</source>
        <translation>两到五个方案并排显示，差异优先。可在“浏览”中用星标或比较命令添加方案。此页可用投影仪演示、打印并保存为 PDF。</translation>
    </message>
    <message>
        <source>US$ per month</source>
        <translation>每月美元</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>取消固定(&amp;P)</translation>
    </message>
    <message>
        <source>Under Load</source>
        <translation>负载下</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Unexplained</source>
        <translation>未能解释</translation>
    </message>
    <message>
        <source>Unique prompts</source>
        <translation>不同提示词数</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Unknown: %1</source>
        <translation>未知：%1</translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Untitled plan</source>
        <translation>未命名规划</translation>
    </message>
    <message>
        <source>Upper end of the 90 % interval</source>
        <translation>90 % 区间的上端</translation>
    </message>
    <message>
        <source>Usable on each GPU</source>
        <translation>每个 GPU 可用</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>Use This Instead</source>
        <translation>改用此项</translation>
    </message>
    <message>
        <source>Use case</source>
        <translation>用例</translation>
    </message>
    <message>
        <source>Use case and workload</source>
        <translation>用例与负载</translation>
    </message>
    <message>
        <source>Use case, load, latency targets, models and hardware. What you leave open is derived, and each derived value says where it comes from.</source>
        <translation>用例、负载、延迟目标、模型和硬件。留空的内容会被推导，每个推导值都会说明其来源。</translation>
    </message>
    <message>
        <source>Use cases and samples are built in. Your own use cases are read from the catalog folder in your data folder; Preferences show where that is.</source>
        <translation>用例和示例为内置。您自己的用例从数据文件夹中的目录文件夹读取；其位置见“首选项”。</translation>
    </message>
    <message>
        <source>Use preset %1</source>
        <translation>使用预设 %1</translation>
    </message>
    <message>
        <source>Use the targets of the use case</source>
        <translation>使用用例的目标</translation>
    </message>
    <message>
        <source>Use this settings file.</source>
        <translation>使用此设置文件。</translation>
    </message>
    <message>
        <source>Use “%1”</source>
        <translation>使用“%1”</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Users or rate needed</source>
        <translation>需要用户数或速率</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>利用率</translation>
    </message>
    <message>
        <source>Validated on: %1 and %2 more.</source>
        <translation>已验证：%1 及另外 %2 种。</translation>
    </message>
    <message>
        <source>Validated on: %1.</source>
        <translation>已验证：%1。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Variable with the &amp;key</source>
        <translation>存放密钥的变量(&amp;K)</translation>
    </message>
    <message>
        <source>Variation of the output length</source>
        <translation>输出长度的波动</translation>
    </message>
    <message>
        <source>Variation of the prompt length</source>
        <translation>提示词长度的波动</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Version profile</source>
        <translation>版本档案</translation>
    </message>
    <message>
        <source>Version row</source>
        <translation>版本组合</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Wait for the scheduler</source>
        <translation>等待调度器</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <translation>正在等待 %1…</translation>
    </message>
    <message>
        <source>Waiting for a seat</source>
        <translation>等待空位</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Web page (*.html);;PDF (*.pdf);;Markdown (*.md);;Table (*.csv)</source>
        <translation>网页 (*.html);;PDF (*.pdf);;Markdown (*.md);;表格 (*.csv)</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weight formats</source>
        <translation>权重格式</translation>
    </message>
    <message>
        <source>Weight formats, quantisation</source>
        <translation>权重格式、量化</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1的权重</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights and arithmetic</source>
        <translation>权重与运算</translation>
    </message>
    <message>
        <source>Weights: %1</source>
        <translation>权重：%1</translation>
    </message>
    <message>
        <source>Weights: %1. The quality of a model is the weighted mean of its places among all models with a score of the same test. A score of yours takes the place of a published one.</source>
        <translation>权重：%1。模型的质量是其在同一测试有得分的所有模型中名次的加权平均。您自己的得分会取代已发布的。</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>有什么变化</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
    <message>
        <source>What is multiplied</source>
        <translation>相乘的系数</translation>
    </message>
    <message>
        <source>What is said later replaces what was said of the same before.</source>
        <translation>对同一事项，后说的取代先说的。</translation>
    </message>
    <message>
        <source>What is the service for? The use case gives starting figures for load, lengths and latency targets; each of them can be changed in the next steps.</source>
        <translation>该服务用于什么？用例给出负载、长度和延迟目标的初始值；每一项都可在后续步骤中更改。</translation>
    </message>
    <message>
        <source>What it estimates with corrections from all runs</source>
        <translation>根据所有运行校正后的估算</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>什么最重要</translation>
    </message>
    <message>
        <source>What requests have in common</source>
        <translation>请求的共同之处</translation>
    </message>
    <message>
        <source>What reviewers should know: context, open questions, decisions. A blank line begins a new paragraph.</source>
        <translation>审阅者应了解的内容：背景、未决问题、决策。空行开始新段落。</translation>
    </message>
    <message>
        <source>What the GPUs are made of</source>
        <translation>GPU 内存的组成</translation>
    </message>
    <message>
        <source>What the colours of the fields mean</source>
        <translation>字段颜色的含义</translation>
    </message>
    <message>
        <source>What the engine estimates without corrections</source>
        <translation>引擎未经校正的估算</translation>
    </message>
    <message>
        <source>What the errors mean</source>
        <translation>误差的含义</translation>
    </message>
    <message>
        <source>What the search found</source>
        <translation>搜索找到的结果</translation>
    </message>
    <message>
        <source>What to look for</source>
        <translation>搜索内容</translation>
    </message>
    <message>
        <source>What vLLM reports of its memory when it starts.</source>
        <translation>vLLM 启动时报告的内存。</translation>
    </message>
    <message>
        <source>What was &amp;noticed</source>
        <translation>注意到的内容(&amp;N)</translation>
    </message>
    <message>
        <source>What was compared</source>
        <translation>比较了什么</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>读取的内容</translation>
    </message>
    <message>
        <source>What was served</source>
        <translation>服务的内容</translation>
    </message>
    <message>
        <source>What would change it</source>
        <translation>什么会改变它</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Wheel: zoom x · Ctrl+wheel: zoom y · Shift+drag: zoom to rectangle · Drag: pan · Double click or Home: show all</source>
        <translation>滚轮：缩放 x · Ctrl+滚轮：缩放 y · Shift+拖动：缩放到矩形 · 拖动：平移 · 双击或 Home：显示全部</translation>
    </message>
    <message>
        <source>When the score was read at its source</source>
        <translation>在来源处读取该得分的时间</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Where its numbers come from</source>
        <translation>其数值的来源</translation>
    </message>
    <message>
        <source>Where not to trust it</source>
        <translation>哪些地方不可信</translation>
    </message>
    <message>
        <source>Where the autoscaler reads the metrics of the servers.</source>
        <translation>自动扩缩器从何处读取服务器的指标。</translation>
    </message>
    <message>
        <source>Where the coefficients behind the figure come from; the weakest counts</source>
        <translation>该数值背后系数的来源；以最弱者为准</translation>
    </message>
    <message>
        <source>Where the time of a decode step goes, for %1 options.</source>
        <translation>%1 个方案的解码步骤时间花在何处。</translation>
    </message>
    <message>
        <source>Where these figures come from</source>
        <translation>这些数值的来源</translation>
    </message>
    <message>
        <source>Whether Apply puts this into the plan</source>
        <translation>“应用”时是否将其写入规划</translation>
    </message>
    <message>
        <source>Whether one server does prefill and decode or each has servers of its own, and component versions that are known to work together; memory, flags and manifests follow them.</source>
        <translation>由一个服务器同时做预填充和解码，还是各有专用服务器，以及已知可协同工作的组件版本；内存、参数和清单据此确定。</translation>
    </message>
    <message>
        <source>Whether the figures are estimated or were measured on exactly this configuration</source>
        <translation>数值是估算的，还是在完全相同的配置上测得的</translation>
    </message>
    <message>
        <source>Which GPUs may be used and what an hour of each costs. Without a choice every GPU with a price is considered. Prices and counts can be typed into the table.</source>
        <translation>可以使用哪些 GPU，以及每小时费用。不选择则考虑所有有价格的 GPU。价格和数量可直接在表格中输入。</translation>
    </message>
    <message>
        <source>Which measurements are listed</source>
        <translation>列出哪些测量</translation>
    </message>
    <message>
        <source>Which models may be planned with. Without a choice the whole catalog is searched; check models to search only those. Drop a Hugging Face config.json here to add a model.</source>
        <translation>可以用哪些模型来规划。不选择则搜索整个目录；勾选则只搜索勾选的模型。将 Hugging Face 的 config.json 拖放到此处可添加模型。</translation>
    </message>
    <message>
        <source>Which number of users is to be planned for?</source>
        <translation>规划应按哪个用户数？</translation>
    </message>
    <message>
        <source>Which of these does the new number replace?</source>
        <translation>新数字取代其中哪一个？</translation>
    </message>
    <message>
        <source>Which of these models is meant?</source>
        <translation>指的是其中哪个模型？</translation>
    </message>
    <message>
        <source>Which of these use cases is it?</source>
        <translation>是其中哪个用例？</translation>
    </message>
    <message>
        <source>Which rate is the mean of the whole service?</source>
        <translation>哪个速率是整个服务的平均值？</translation>
    </message>
    <message>
        <source>Which requests have to stay within the limit: p95 means 95 of 100.</source>
        <translation>哪些请求必须在限制之内：p95 表示每 100 个中的 95 个。</translation>
    </message>
    <message>
        <source>Which weights are meant?</source>
        <translation>指的是哪种权重？</translation>
    </message>
    <message>
        <source>Whichever is better</source>
        <translation>以较优者为准</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>完整回答</translation>
    </message>
    <message>
        <source>Whole functions and files from a description, with explanation.</source>
        <translation>根据描述生成完整的函数和文件，并附说明。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why %1</source>
        <translation>为何 %1</translation>
    </message>
    <message>
        <source>Why %1 and not %2</source>
        <translation>为何是 %1 而不是 %2</translation>
    </message>
    <message>
        <source>Why combinations were refused</source>
        <translation>组合被排除的原因</translation>
    </message>
    <message>
        <source>Why the one and not the other</source>
        <translation>为何是这个而不是那个</translation>
    </message>
    <message>
        <source>With &amp;predictions</source>
        <translation>含预测(&amp;P)</translation>
    </message>
    <message>
        <source>Within targets</source>
        <translation>目标之内</translation>
    </message>
    <message>
        <source>Within targets up to %1</source>
        <translation>目标之内最多 %1</translation>
    </message>
    <message>
        <source>Within targets, as reported</source>
        <translation>目标之内，按报告</translation>
    </message>
    <message>
        <source>Within the targets</source>
        <translation>目标之内</translation>
    </message>
    <message>
        <source>Within the targets [requests/s]</source>
        <translation>目标之内 [请求/s]</translation>
    </message>
    <message>
        <source>Within the targets up to %1; the planned peak is %2.</source>
        <translation>目标之内最多 %1；计划峰值为 %2。</translation>
    </message>
    <message>
        <source>Within the tolerances:</source>
        <translation>在容差之内：</translation>
    </message>
    <message>
        <source>Without a choice the best option of the current view is exported</source>
        <translation>未选择时导出当前视图的最佳方案</translation>
    </message>
    <message>
        <source>Words to look for</source>
        <translation>要查找的文字</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>工作负载</translation>
    </message>
    <message>
        <source>Workload Variant Autoscaler (legacy)</source>
        <translation>Workload Variant Autoscaler（旧版）</translation>
    </message>
    <message>
        <source>Write plans that do not &amp;fit memory</source>
        <translation>也写出内存放不下的规划(&amp;F)</translation>
    </message>
    <message>
        <source>Write the Gateway too, of this class, for example istio.</source>
        <translation>同时写出此类的网关，例如 istio。</translation>
    </message>
    <message>
        <source>Writes the chosen option as files for a target: plain Kubernetes, Helm, KServe, Ray or Dynamo. Look at each file, at the checks and at what changed since the last export before you save.</source>
        <translation>将所选方案写为某一目标的文件：原生 Kubernetes、Helm、KServe、Ray 或 Dynamo。保存前请查看每个文件、检查结果以及自上次导出以来的变化。</translation>
    </message>
    <message>
        <source>Writes the runs behind the corrections as a file that others can import</source>
        <translation>将校正所依据的运行写入文件，供他人导入</translation>
    </message>
    <message>
        <source>Writing runs</source>
        <translation>正在写入运行</translation>
    </message>
    <message>
        <source>Writing the deployment files</source>
        <translation>正在写出部署文件</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>正在写入报告</translation>
    </message>
    <message>
        <source>Writing the review report</source>
        <translation>正在写入审阅报告</translation>
    </message>
    <message>
        <source>You can also drop files anywhere on this window.</source>
        <translation>也可将文件拖放到此窗口任意位置。</translation>
    </message>
    <message>
        <source>You have</source>
        <translation>现有</translation>
    </message>
    <message>
        <source>You stated these yourself, so they do not follow the use case: %1.</source>
        <translation>这些由您自己给出，因此不随用例变化：%1。</translation>
    </message>
    <message>
        <source>You stated this value.</source>
        <translation>此值由您给出。</translation>
    </message>
    <message>
        <source>Your &amp;need</source>
        <translation>您的需求(&amp;N)</translation>
    </message>
    <message>
        <source>Your models, prices, use cases, engines and benchmarks are read from here and kept here. Changing it moves nothing.</source>
        <translation>您的模型、价格、用例、引擎和基准测试从此处读取并保存于此。更改它不会移动任何文件。</translation>
    </message>
    <message>
        <source>Your need in plain words</source>
        <translation>用通俗的话描述您的需求</translation>
    </message>
    <message>
        <source>Your option</source>
        <translation>您的方案</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Zip archive (*.zip)</source>
        <translation>Zip 归档 (*.zip)</translation>
    </message>
    <message>
        <source>a local volume per pod</source>
        <translation>每个 Pod 一个本地卷</translation>
    </message>
    <message>
        <source>a price cannot be negative.</source>
        <translation>价格不能为负。</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>added by hand</source>
        <translation>手动添加</translation>
    </message>
    <message>
        <source>added by you</source>
        <translation>由您添加</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>all %1 of the catalog</source>
        <translation>目录中的全部 %1</translation>
    </message>
    <message>
        <source>all but %1</source>
        <translation>除 %1 外全部</translation>
    </message>
    <message>
        <source>all that have a price</source>
        <translation>所有有价格的</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>and not</source>
        <translation>而不是</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>any nodes</source>
        <translation>任意节点</translation>
    </message>
    <message>
        <source>any number may be bought</source>
        <translation>可购买任意数量</translation>
    </message>
    <message>
        <source>as the server names it, for example qwen3:8b</source>
        <translation>与服务器上的名称一致，例如 qwen3:8b</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>假定</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>至少 %1</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>best holds %1 – %2</source>
        <translation>在 %1 – %2 之间保持最佳</translation>
    </message>
    <message>
        <source>best holds above %1</source>
        <translation>高于 %1 时保持最佳</translation>
    </message>
    <message>
        <source>best holds at any weight</source>
        <translation>任何权重下都保持最佳</translation>
    </message>
    <message>
        <source>best holds below %1</source>
        <translation>低于 %1 时保持最佳</translation>
    </message>
    <message>
        <source>best of these</source>
        <translation>其中最佳</translation>
    </message>
    <message>
        <source>best quality</source>
        <translation>最佳质量</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>built in: %1</source>
        <translation>内置：%1</translation>
    </message>
    <message>
        <source>busy: prefill %1, decode %2</source>
        <translation>占用：预填充 %1，解码 %2</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>change the target</source>
        <translation>更改目标</translation>
    </message>
    <message>
        <source>clear the selection, close this list</source>
        <translation>清除选择，关闭此列表</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>comparison.html</source>
        <translation>comparison.html</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算得出</translation>
    </message>
    <message>
        <source>copy the data</source>
        <translation>复制数据</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>decode step</source>
        <translation>解码步骤</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>does not carry the peak</source>
        <translation>承载不了峰值</translation>
    </message>
    <message>
        <source>does not count</source>
        <translation>不计入</translation>
    </message>
    <message>
        <source>e.g. 0.19.1</source>
        <translation>例如 0.19.1</translation>
    </message>
    <message>
        <source>e.g. H100</source>
        <translation>例如 H100</translation>
    </message>
    <message>
        <source>e.g. Qwen/Qwen3-14B</source>
        <translation>例如 Qwen/Qwen3-14B</translation>
    </message>
    <message>
        <source>e.g. fp8</source>
        <translation>例如 fp8</translation>
    </message>
    <message>
        <source>errors: %1</source>
        <translation>错误：%1</translation>
    </message>
    <message>
        <source>expected a whole number from 1 on, or nothing.</source>
        <translation>应为从 1 起的整数，或留空。</translation>
    </message>
    <message>
        <source>first token %1, then %2 each</source>
        <translation>首个 token %1，之后每个 %2</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>拟合</translation>
    </message>
    <message>
        <source>from the use case</source>
        <translation>来自用例</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>had none</source>
        <translation>原先没有</translation>
    </message>
    <message>
        <source>hybrid</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>interval %1 to %2, %3</source>
        <translation>区间 %1 至 %2，%3</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>level 0: live, nothing that serves is restarted</source>
        <translation>级别 0：在线生效，不重启任何服务</translation>
    </message>
    <message>
        <source>level 1: scheduler settings</source>
        <translation>级别 1：调度器设置</translation>
    </message>
    <message>
        <source>level 2: every replica restarts in turn</source>
        <translation>级别 2：各副本依次重启</translation>
    </message>
    <message>
        <source>level 3: a second deployment beside the first</source>
        <translation>级别 3：在旧部署旁新建部署</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>限制 %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>第 %1 行第 %2 列</translation>
    </message>
    <message>
        <source>llm-d Helm charts</source>
        <translation>llm-d Helm 图表</translation>
    </message>
    <message>
        <source>lowest cost</source>
        <translation>最低成本</translation>
    </message>
    <message>
        <source>lowest latency</source>
        <translation>最低延迟</translation>
    </message>
    <message>
        <source>matters</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>matters little</source>
        <translation>不太重要</translation>
    </message>
    <message>
        <source>matters most</source>
        <translation>最重要</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>mesh, %1 GB/s</source>
        <translation>全互连，%1 GB/s</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>mixture of experts</source>
        <translation>混合专家</translation>
    </message>
    <message>
        <source>move the view</source>
        <translation>移动视图</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>multimodal</source>
        <translation>多模态</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>near saturation</source>
        <translation>接近饱和</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>nine of ten within %2, but a few far off: %1 on average</source>
        <translation>九成在 %2 以内，但少数偏差很大：平均 %1</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>no longer in the library</source>
        <translation>已不在测量库中</translation>
    </message>
    <message>
        <source>no own limit</source>
        <translation>无单独限制</translation>
    </message>
    <message>
        <source>no split up to %1 servers of a role meets the targets.</source>
        <translation>每个角色最多 %1 个服务器的拆分均不满足目标。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none, no HTTPRoute</source>
        <translation>无，不写 HTTPRoute</translation>
    </message>
    <message>
        <source>none; a PNG or JPEG of at most 2 MB</source>
        <translation>无；不超过 2 MB 的 PNG 或 JPEG</translation>
    </message>
    <message>
        <source>none; for example OPENAI_API_KEY, never the key itself</source>
        <translation>无；例如 OPENAI_API_KEY，切勿填写密钥本身</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未给出</translation>
    </message>
    <message>
        <source>notes: %1</source>
        <translation>说明：%1</translation>
    </message>
    <message>
        <source>of the capacity</source>
        <translation>的容量</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>off by %1 on average, nine of ten within %2</source>
        <translation>平均偏差 %1，九成在 %2 以内</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>output length</source>
        <translation>输出长度</translation>
    </message>
    <message>
        <source>output variation</source>
        <translation>输出波动</translation>
    </message>
    <message>
        <source>outside the targets</source>
        <translation>超出目标</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p95: TTFT %1, ITL %2, E2E %3</source>
        <translation>p95：TTFT %1，ITL %2，E2E %3</translation>
    </message>
    <message>
        <source>peak factor</source>
        <translation>峰值系数</translation>
    </message>
    <message>
        <source>per GPU</source>
        <translation>每 GPU</translation>
    </message>
    <message>
        <source>percentiles</source>
        <translation>百分位</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>prefill and decode apart</source>
        <translation>预填充与解码分离</translation>
    </message>
    <message>
        <source>priorities</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>prompt length</source>
        <translation>提示词长度</translation>
    </message>
    <message>
        <source>prompt variation</source>
        <translation>提示词波动</translation>
    </message>
    <message>
        <source>published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>read from another file of the folder</source>
        <translation>从文件夹中的其他文件读取</translation>
    </message>
    <message>
        <source>read from the load generator's configuration</source>
        <translation>从负载生成器的配置读取</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>个请求</translation>
    </message>
    <message>
        <source>requests/s</source>
        <translation>请求/s</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>review.html</source>
        <translation>review.html</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>已饱和</translation>
    </message>
    <message>
        <source>select the option</source>
        <translation>选择该方案</translation>
    </message>
    <message>
        <source>show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>simplest</source>
        <translation>最简单</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>stated by the report</source>
        <translation>报告给出</translation>
    </message>
    <message>
        <source>stated by you</source>
        <translation>由您给出</translation>
    </message>
    <message>
        <source>switched, %1 GB/s</source>
        <translation>交换互连，%1 GB/s</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>that of the GPUs only</source>
        <translation>仅 GPU 的污点</translation>
    </message>
    <message>
        <source>the Gateway exists</source>
        <translation>网关已存在</translation>
    </message>
    <message>
        <source>the choice of models</source>
        <translation>模型的选择</translation>
    </message>
    <message>
        <source>the class of the selected option</source>
        <translation>所选方案的类别</translation>
    </message>
    <message>
        <source>the language model, which cites %1</source>
        <translation>语言模型，引用 %1</translation>
    </message>
    <message>
        <source>the priorities</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>time per output token</source>
        <translation>每个输出 token 的时间</translation>
    </message>
    <message>
        <source>time to first token</source>
        <translation>首个 token 时间</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>tokens, mean</source>
        <translation>token，平均</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>token/s</translation>
    </message>
    <message>
        <source>too few runs</source>
        <translation>运行过少</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>used</source>
        <translation>已用</translation>
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
        <translation>vLLM %1，路由器 %2，Inference Extension %3</translation>
    </message>
    <message>
        <source>vLLM has no backend for it that we can plan for. %1</source>
        <translation>vLLM 没有可供我们规划的后端。%1</translation>
    </message>
    <message>
        <source>variable, if needed</source>
        <translation>变量（如需要）</translation>
    </message>
    <message>
        <source>vllm serve commands</source>
        <translation>vllm serve 命令</translation>
    </message>
    <message>
        <source>walk along the points</source>
        <translation>沿各点移动</translation>
    </message>
    <message>
        <source>warnings: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>within the targets</source>
        <translation>目标之内</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>you</source>
        <translation>您</translation>
    </message>
    <message>
        <source>your own rules</source>
        <translation>您自己的规则</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>zoom along x</source>
        <translation>沿 x 缩放</translation>
    </message>
    <message>
        <source>zoom along y</source>
        <translation>沿 y 缩放</translation>
    </message>
    <message>
        <source>zoom to a rectangle</source>
        <translation>缩放到矩形</translation>
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
        <translation>× 平均</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>“%1” cannot be written to. Choose a folder of your own.</source>
        <translation>无法写入“%1”。请选择您自己的文件夹。</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved.</source>
        <translation>“%1”有未保存的更改。</translation>
    </message>
    <message>
        <source>“%1” was changed by another program.</source>
        <translation>“%1”已被其他程序更改。</translation>
    </message>
    <message>
        <source>“%1” was changed by another program. Reloading gives up your unsaved changes; saving replaces the other program's.</source>
        <translation>“%1”已被其他程序更改。重新加载会放弃您未保存的更改；保存会替换其他程序的更改。</translation>
    </message>
    <message>
        <source>← &amp;Library</source>
        <translation>← 测量库(&amp;L)</translation>
    </message>
    <message>
        <source>↑ ↓ to move · Enter to go · Esc to leave</source>
        <translation>↑ ↓ 移动 · Enter 前往 · Esc 退出</translation>
    </message>
    <message>
        <source>▲ above</source>
        <translation>▲ 高于</translation>
    </message>
    <message>
        <source>▲ better</source>
        <translation>▲ 更好</translation>
    </message>
    <message>
        <source>▲ more since %1</source>
        <translation>▲ 自 %1 起增多</translation>
    </message>
    <message>
        <source>▸ The same in all (%1)</source>
        <translation>▸ 全部相同（%1）</translation>
    </message>
    <message>
        <source>▼ below</source>
        <translation>▼ 低于</translation>
    </message>
    <message>
        <source>▼ less since %1</source>
        <translation>▼ 自 %1 起减少</translation>
    </message>
    <message>
        <source>▼ worse</source>
        <translation>▼ 更差</translation>
    </message>
    <message>
        <source>▾ The same in all (%1)</source>
        <translation>▾ 全部相同（%1）</translation>
    </message>
    <message>
        <source>○ This was not measured: the estimate stands</source>
        <translation>○ 未测量此项：估算仍有效</translation>
    </message>
    <message>
        <source>● Exactly this was measured</source>
        <translation>● 正是此项已被测量</translation>
    </message>
    <message>
        <source>● Measured at the loads around this one: interpolated</source>
        <translation>● 在相近负载下测量：插值</translation>
    </message>
    <message>
        <source>● selected</source>
        <translation>● 已选</translation>
    </message>
    <message>
        <source>★ recommended: </source>
        <translation>★ 推荐： </translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>⚠ %1: “%2” is not used: %3</source>
        <translation>⚠ %1：“%2”未使用：%3</translation>
    </message>
    <message>
        <source>✓ same release of the engine</source>
        <translation>✓ 引擎发行版相同</translation>
    </message>
    <message>
        <source>✓ within</source>
        <translation>✓ 在范围内</translation>
    </message>
    <message>
        <source>✗ another release of the engine: never applied by itself</source>
        <translation>✗ 引擎发行版不同：绝不自动应用</translation>
    </message>
</context>
</TS>
