package io.jenkins.plugins.cachepurge.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What Buddy's objects look like in JSON. URLs are those of the real service, as in its documented samples. */
final class BuddyViews {

    private static final String API = "https://api.buddy.works/workspaces/";
    private static final String APP = "https://app.buddy.works/";
    private static final String REVISION = "506a3963507943d6908154f4bc9646e829128a08";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private BuddyViews() {}

    static ObjectNode pipeline(SimBuddyPipeline pipeline, Instant now) {
        ObjectNode json = pipelineSummary(pipeline, now).put("create_date", DATE.format(pipeline.created()));
        json.set("project", project(pipeline));
        json.set("creator", member(pipeline.workspace()));
        json.put("always_from_scratch", false)
                .put("ignore_fail_on_project_status", false)
                .put("no_skip_to_most_recent", false)
                .put("auto_clear_cache", false)
                .put("fetch_all_refs", false)
                .put("do_not_create_commit_status", false);
        json.putArray("actions").add(action(pipeline, now));
        return json;
    }

    static ObjectNode pipelines(String workspace, String project, List<SimBuddyPipeline> page, Instant now) {
        ObjectNode json = SimJson.object()
                .put("url", API + workspace + "/projects/" + project + "/pipelines")
                .put("html_url", APP + workspace + "/" + project + "/pipelines");
        ArrayNode list = json.putArray("pipelines");
        page.forEach(pipeline -> list.add(pipelineSummary(pipeline, now)));
        return json;
    }

    static ObjectNode execution(SimBuddyPipeline pipeline, SimBuddyExecution execution, Instant now) {
        ObjectNode json = executionSummary(pipeline, execution, now);
        json.set("from_revision", revision(pipeline));
        json.set("pipeline", pipelineSummary(pipeline, now));
        ObjectNode actionExecution = json.putArray("action_executions").addObject();
        actionExecution
                .put("status", execution.status(now))
                .put("progress", execution.isFinished(now) ? 100 : 0)
                .set("action", action(pipeline, now));
        return json;
    }

    static ObjectNode executions(SimBuddyPipeline pipeline, SimPage paging, Instant now) {
        List<SimBuddyExecution> all = pipeline.newestFirst();
        List<SimBuddyExecution> page = paging.of(all);
        ObjectNode json = SimJson.object()
                .put("url", api(pipeline) + "/executions")
                .put("html_url", app(pipeline))
                .put("page", paging.page())
                .put("page_size", paging.size())
                .put("total_page_count", paging.pages(all.size()))
                .put("element_count", page.size())
                .put("total_element_count", all.size());
        ArrayNode list = json.putArray("executions");
        page.forEach(execution -> list.add(executionSummary(pipeline, execution, now)));
        return json;
    }

    private static ObjectNode pipelineSummary(SimBuddyPipeline pipeline, Instant now) {
        ObjectNode json = SimJson.object()
                .put("url", api(pipeline))
                .put("html_url", app(pipeline))
                .put("id", pipeline.id())
                .put("name", pipeline.name())
                .put("on", "CLICK");
        json.putArray("refs").add("refs/heads/master");
        return json.put("last_execution_status", pipeline.lastExecutionStatus(now))
                .put("last_execution_revision", REVISION);
    }

    private static ObjectNode executionSummary(SimBuddyPipeline pipeline, SimBuddyExecution execution, Instant now) {
        ObjectNode json = SimJson.object()
                .put("url", api(pipeline) + "/executions/" + execution.id())
                .put("html_url", app(pipeline) + "/execution/" + "%024x".formatted(execution.id()))
                .put("id", execution.id())
                .put("start_date", date(execution.startDate(now)))
                .put("finish_date", date(execution.finishDate(now)))
                .put("triggeredOn", "CLICK")
                .put("refresh", false)
                .put("status", execution.status(now))
                .put("comment", execution.comment());
        execution.delayUntil().ifPresent(until -> json.put("delay_until", DATE.format(until)));
        json.set("branch", branch(pipeline));
        json.set("to_revision", revision(pipeline));
        json.set("creator", member(pipeline.workspace()));
        return json;
    }

    private static ObjectNode project(SimBuddyPipeline pipeline) {
        return SimJson.object()
                .put("url", API + pipeline.workspace() + "/projects/" + pipeline.project())
                .put("html_url", APP + pipeline.workspace() + "/" + pipeline.project())
                .put("name", pipeline.project())
                .put("display_name", pipeline.project())
                .put("status", "ACTIVE");
    }

    private static ObjectNode action(SimBuddyPipeline pipeline, Instant now) {
        return SimJson.object()
                .put("url", api(pipeline) + "/actions/5")
                .put("html_url", APP + pipeline.workspace() + "/" + pipeline.project() + "/pipelines/action/5/edit")
                .put("id", 5)
                .put("name", "Upload files to dev")
                .put("type", "FTP")
                .put("trigger_time", "ON_EVERY_EXECUTION")
                .put("last_execution_status", pipeline.lastExecutionStatus(now));
    }

    private static ObjectNode branch(SimBuddyPipeline pipeline) {
        String path = pipeline.workspace() + "/projects/" + pipeline.project() + "/repository/branches/master";
        return SimJson.object()
                .put("url", API + path)
                .put("html_url", APP + pipeline.workspace() + "/" + pipeline.project() + "/repository/branch/master")
                .put("name", "master")
                .put("default", true);
    }

    private static ObjectNode revision(SimBuddyPipeline pipeline) {
        String commits = pipeline.workspace() + "/projects/" + pipeline.project() + "/repository/commits/";
        ObjectNode json = SimJson.object()
                .put("url", API + commits + REVISION)
                .put("revision", REVISION)
                .put("author_date", "2016-01-19T12:36:33Z")
                .put("commit_date", "2016-01-19T12:36:33Z")
                .put("message", "init repo\n");
        json.set("committer", member(pipeline.workspace()));
        json.set("author", member(pipeline.workspace()));
        return json;
    }

    private static ObjectNode member(String workspace) {
        return SimJson.object()
                .put("url", API + workspace + "/member/1")
                .put("html_url", APP + workspace + "/profile/1")
                .put("id", 1)
                .put("name", "Mike Benson");
    }

    private static String api(SimBuddyPipeline pipeline) {
        return API + pipeline.workspace() + "/projects/" + pipeline.project() + "/pipelines/" + pipeline.id();
    }

    private static String app(SimBuddyPipeline pipeline) {
        return APP + pipeline.workspace() + "/" + pipeline.project() + "/pipelines/pipeline/" + pipeline.id();
    }

    private static String date(Optional<Instant> time) {
        return time.map(DATE::format).orElse(null);
    }
}
