// SPDX-License-Identifier: Apache-2.0
#include "kubernetesobjects.h"

namespace llmd::kubernetes {

namespace {

constexpr const char* monitoringVersion = "monitoring.coreos.com/v1";

/** Kubernetes fills the token in; the export holds no credential. */
YamlValue tokenSecret(const Export& context)
{
    auto result = object(context, "v1", "Secret", context.pickerToken, "endpoint-picker");
    const auto* metadata = result.find("metadata");
    YamlValue annotated = metadata ? *metadata : YamlValue::map();
    annotated.set("annotations",
                  YamlValue::map({ { "kubernetes.io/service-account.name", context.picker } }));
    result.set("metadata", std::move(annotated));
    result.set("type", "kubernetes.io/service-account-token");
    return result;
}

YamlValue serviceMonitor(const Export& context)
{
    YamlValue credentials = YamlValue::map({ { "name", context.pickerToken }, { "key", "token" } });
    YamlValue endpoint = YamlValue::map(
        { { "port", pickerMetricsPortName }, { "path", "/metrics" }, { "interval", "10s" } });
    endpoint.set("authorization", YamlValue::map({ { "credentials", std::move(credentials) } }));
    YamlValue endpoints;
    endpoints.append(std::move(endpoint));
    YamlValue spec = YamlValue::map({ { "selector", matchLabels(context.pickerSelector) } });
    spec.set("endpoints", std::move(endpoints));
    auto result =
        object(context, monitoringVersion, "ServiceMonitor", context.picker, "endpoint-picker");
    result.set("spec", std::move(spec));
    return result;
}

} // namespace

YamlValue podMonitor(const Export& context, const Server& server)
{
    YamlValue endpoints;
    endpoints.append(YamlValue::map(
        { { "port", server.engineName() }, { "path", "/metrics" }, { "interval", "15s" } }));
    YamlValue spec = YamlValue::map({ { "selector", matchLabels(server.selector) } });
    spec.set("podMetricsEndpoints", std::move(endpoints));
    auto result = object(context, monitoringVersion, "PodMonitor", server.name, "model-server");
    result.set("spec", std::move(spec));
    return result;
}

std::vector<YamlValue> pickerMonitoring(const Export& context)
{
    return { tokenSecret(context), serviceMonitor(context) };
}

} // namespace llmd::kubernetes
