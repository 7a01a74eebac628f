package io.jenkins.plugins.cachepurge.client.buddy;

/** Answers as Buddy's documentation shows them. */
final class BuddySamples {

    /** To clearing a cache, with HTTP 201. */
    static final String CLEARED = """
            {
              "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2",
              "html_url": "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2",
              "id": 2,
              "name": "Live mirror",
              "on": "CLICK",
              "refs": [
                "refs/heads/master"
              ],
              "last_execution_status": "SUCCESSFUL",
              "last_execution_revision": "184623451d99d95e75e82b687ba4e1d4e087b4ef",
              "create_date": "2020-06-01T13:54:15.000Z",
              "project": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website",
                "html_url": "https://app.buddy.works/buddy/company-website",
                "name": "company-website",
                "display_name": "Company Website",
                "status": "ACTIVE"
              },
              "creator": {
                "url": "https://api.buddy.works/workspaces/buddy/member/1",
                "html_url": "https://app.buddy.works/buddy/profile/1",
                "id": 1,
                "name": "Mike Benson",
                "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
              },
              "always_from_scratch": false,
              "ignore_fail_on_project_status": false,
              "no_skip_to_most_recent": false,
              "auto_clear_cache": false,
              "fetch_all_refs": false,
              "do_not_create_commit_status": false,
              "actions": [
                {
                  "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2/actions/5",
                  "html_url": "https://app.buddy.works/buddy/company-website/pipelines/action/5/edit",
                  "id": 5,
                  "name": "Upload files to dev",
                  "type": "FTP",
                  "trigger_time": "ON_EVERY_EXECUTION",
                  "last_execution_status": "SUCCESSFUL"
                }
              ]
            }
            """;

    /** To running a delayed execution, with HTTP 200. */
    static final String RUN = """
            {
              "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2/executions/4",
              "html_url": "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5",
              "id": 4,
              "start_date": "2016-03-29T08:12:04.132Z",
              "finish_date": null,
              "triggeredOn": "CLICK",
              "refresh": false,
              "status": "INPROGRESS",
              "comment": "",
              "branch": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/branches/master",
                "html_url": "https://app.buddy.works/buddy/company-website/repository/branch/master",
                "name": "master",
                "default": true
              },
              "from_revision": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/commits/506a3963507943d6908154f4bc9646e829128a08",
                "html_url": "https://app.buddy.works/buddy/company-website/repository/commit/506a3963507943d6908154f4bc9646e829128a08",
                "revision": "506a3963507943d6908154f4bc9646e829128a08",
                "author_date": "2016-01-19T12:36:33Z",
                "commit_date": "2016-01-19T12:36:33Z",
                "message": "init repo\\n",
                "committer": {
                  "url": "https://api.buddy.works/workspaces/buddy/member/1",
                  "html_url": "https://app.buddy.works/buddy/profile/1",
                  "id": 1,
                  "name": "Mike Benson",
                  "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
                },
                "author": {
                  "url": "https://api.buddy.works/workspaces/buddy/member/1",
                  "html_url": "https://app.buddy.works/buddy/profile/1",
                  "id": 1,
                  "name": "Mike Benson",
                  "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
                }
              },
              "to_revision": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/repository/commits/506a3963507943d6908154f4bc9646e829128a08",
                "html_url": "https://app.buddy.works/buddy/company-website/repository/commit/506a3963507943d6908154f4bc9646e829128a08",
                "revision": "506a3963507943d6908154f4bc9646e829128a08",
                "author_date": "2016-01-19T12:36:33Z",
                "commit_date": "2016-01-19T12:36:33Z",
                "message": "init repo\\n",
                "committer": {
                  "url": "https://api.buddy.works/workspaces/buddy/member/1",
                  "html_url": "https://app.buddy.works/buddy/profile/1",
                  "id": 1,
                  "name": "Mike Benson",
                  "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
                },
                "author": {
                  "url": "https://api.buddy.works/workspaces/buddy/member/1",
                  "html_url": "https://app.buddy.works/buddy/profile/1",
                  "id": 1,
                  "name": "Mike Benson",
                  "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
                }
              },
              "creator": {
                "url": "https://api.buddy.works/workspaces/buddy/member/1",
                "html_url": "https://app.buddy.works/buddy/profile/1",
                "id": 1,
                "name": "Mike Benson",
                "avatar_url": "https://app.buddy.works/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"
              },
              "pipeline": {
                "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2",
                "html_url": "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2",
                "id": 2,
                "name": "dev",
                "on": "CLICK",
                "refs": [
                  "refs/heads/master"
                ],
                "last_execution_status": "INPROGRESS",
                "last_execution_revision": "506a3963507943d6908154f4bc9646e829128a08"
              },
              "action_executions": [
                {
                  "status": "INPROGRESS",
                  "progress": 0,
                  "action": {
                    "url": "https://api.buddy.works/workspaces/buddy/projects/company-website/pipelines/2/actions/5",
                    "html_url": "https://app.buddy.works/buddy/company-website/pipelines/action/5/edit",
                    "id": 5,
                    "name": "Upload files to dev",
                    "type": "FTP",
                    "trigger_time": "ON_EVERY_EXECUTION",
                    "last_execution_status": "INPROGRESS"
                  }
                }
              ]
            }
            """;

    private BuddySamples() {}
}
