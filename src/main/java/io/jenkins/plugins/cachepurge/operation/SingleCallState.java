package io.jenkins.plugins.cachepurge.operation;

import io.jenkins.plugins.cachepurge.client.http.ApiCall;

/** Only state of an operation that is one exchange. */
record SingleCallState<R>() implements State<ApiCall<R>, R> {

    @Override
    public Next<ApiCall<R>, R> next(ApiCall<R> call) {
        return Next.exchange(call, SucceededState::new);
    }
}
