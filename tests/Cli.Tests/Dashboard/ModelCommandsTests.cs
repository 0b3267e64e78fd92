using HccPipeline.Cli.Dashboard;
using HccPipeline.Cli.Hosting;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Audit;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Cli.Tests.Dashboard;

/// <summary>What people ask for on the dashboard is in the history before anything is done about it.</summary>
public sealed class ModelCommandsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-asked-").FullName;
    private RegistrySession _session = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _session = await RegistrySession.OpenAsync(new(_folder), Roles.None, Ct);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(null, """{"kind":"validation"}""")]
    [InlineData("2024Q3", """{"kind":"drift","period":"2024Q3"}""")]
    public async Task RequestReportAsync_Again_IsAuditedBeforeItIsSentAndRemakesTheReport(string? period, string detail)
    {
        Sent sent = new(_session.Get<AuditLog>());
        using ConnectHandle watching = _session.Get<IBusControl>().ConnectPublishObserver(sent);

        await ActivatorUtilities.CreateInstance<ModelCommands>(_session.Services).RequestReportAsync(3, period, "Ada", "new program", Ct);

        (ReportRequested message, AuditRow audit) = Assert.Single(sent.Requests);
        Assert.Equal((3, period, true), (message.ModelVersion, message.Period, message.Rebuild));
        Assert.Equal(("Ada", "request-report", "model 3", "new program", detail), (audit.Actor, audit.Action, audit.Subject, audit.Reason, audit.Detail));
    }

    /// <summary>Each request with the latest entry of the history at the moment that it is sent.</summary>
    private sealed class Sent(AuditLog audit) : IPublishObserver
    {
        public List<(ReportRequested Message, AuditRow Audit)> Requests { get; } = [];

        public async Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (context.Message is ReportRequested request)
                Requests.Add((request, (await audit.ListAsync(1, Ct))[0]));
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
