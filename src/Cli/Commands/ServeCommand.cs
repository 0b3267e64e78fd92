using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc serve</c>.</summary>
internal static class ServeCommand
{
    private static readonly Dictionary<string, Roles> RoleNames = new(StringComparer.Ordinal)
    {
        ["all"] = Roles.All,
        ["ingest"] = Roles.Ingest,
        ["features"] = Roles.Features,
        ["models"] = Roles.Models,
        ["reporting"] = Roles.Reporting,
    };

    public static Command Create()
    {
        Option<string[]> role = new("--role")
        {
            Description = $"Workers to run: {string.Join(", ", RoleNames.Keys)}; may be given several times.",
            DefaultValueFactory = _ => ["all"],
        };
        role.AcceptOnlyFromAmong([.. RoleNames.Keys]);
        Option<string> urls = new("--urls")
        {
            Description = "Address of the dashboard (/), the read API (/api), health (/health/live, /health/ready) and metrics (/metrics).",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        Command command = new(
            "serve",
            """
            Run the workers until stopped: watch the drop folder, extract features, train on schedule or when the cohort has grown,
            publish reports, show the dashboard. One process plays all roles by default; with a broker and a server database, as many as wanted.
            To sign in, make a token first: hcc token create --name "Ada" --role admin

            Bus, database and blobs come from hcc.json in the data folder or from the environment:
              HCC__Bus__Transport=RabbitMq HCC__Bus__Host=broker HCC__Database__Provider=PostgreSql
              HCC__Database__ConnectionString="Host=db;Database=hcc;Username=hcc;Password=…" HCC__Blobs__Root=/srv/hcc/blobs

            Examples:
              hcc serve
              hcc serve --role features --urls http://127.0.0.1:5081
            """)
        {
            role, urls, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            Roles roles = parse.GetRequiredValue(role).Aggregate(Roles.None, (all, name) => all | RoleNames[name]);
            await using WebApplication app = HccHost.BuildServer(GlobalOptions.OpenData(parse), roles, parse.GetRequiredValue(urls));
            await app.StartAsync(ct);
            try
            {
                await app.WaitForShutdownAsync(ct);
            }
            catch (OperationCanceledException)
            {
                await app.StopAsync(CancellationToken.None);
            }
            return ExitCodes.Done;
        });
        return command;
    }
}
