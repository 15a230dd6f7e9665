// A function in Rust, as its author writes it.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

async fn handler(event: LambdaEvent<Value>) -> Result<Value, Error> {
    if event.payload["fail"] == true {
        return Err("far".into());
    }
    let context = event.context;
    Ok(json!({
        "requestId": context.request_id,
        "arn": context.invoked_function_arn,
        "name": context.env_config.function_name,
    }))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handler)).await
}
