using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HccPipeline.Hosting.Bus;

/// <summary>Registers the bus: one set of consumers, two transports.</summary>
public static class BusServices
{
    // Stop order: consumers finish or are cancelled, the bus stops, the host gives up; a cancelled message goes back to its queue.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BusStopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan HostShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>Adds the bus with the given consumers; the transport comes from section <c>Bus</c>.</summary>
    /// <param name="services">Services.</param>
    /// <param name="configuration">Configuration with section <c>Bus</c>.</param>
    /// <param name="addConsumers">Registers the consumers and definitions of the roles that this process plays.</param>
    public static IServiceCollection AddBus(
        this IServiceCollection services, IConfiguration configuration, Action<IBusRegistrationConfigurator> addConsumers)
    {
        services.AddOptions<BusOptions>()
            .BindConfiguration(BusOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.PasswordFile is not { Length: > 0 } file || File.Exists(file), "Bus:PasswordFile is not there or can't be read.")
            .ValidateOnStart();
        services.TryAddSingleton<PromptStop>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = HostShutdownTimeout);
        services.Configure<MassTransitHostOptions>(o =>
        {
            // An event that is published before its queue was ever bound is lost: nothing else starts before the bus has.
            o.WaitUntilStarted = true;
            o.StopTimeout = BusStopTimeout;
            o.ConsumerStopTimeout = ConsumerStopTimeout;
        });
        BusTransport transport = configuration.GetValue($"{BusOptions.Section}:{nameof(BusOptions.Transport)}", BusTransport.InMemory);
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            addConsumers(bus);
            bus.AddConfigureEndpointsCallback(ConfigureEndpoint);
            if (transport == BusTransport.RabbitMq)
                bus.UsingRabbitMq(ConfigureRabbitMq);
            else
                bus.UsingInMemory((context, cfg) => cfg.ConfigureEndpoints(context));
        });
        return services;
    }

    private static void ConfigureEndpoint(IRegistrationContext context, string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            BusOptions options = context.GetRequiredService<IOptions<BusOptions>>().Value;
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
            rabbit.BindDeadLetterQueue("hcc.dlx", BusQueues.Dead, q => q.SetQuorumQueue());
        }
        // A passing fault (a busy database, a broken connection) is tried again here; what still fails goes to the _error queue as a
        // Fault<T>, and the room that owns the work records it.
        endpoint.UseMessageRetry(r => r.Exponential(4, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(400)));
        // Messages leave only when Consume has succeeded: a half-done consumer announces nothing.
        endpoint.UseInMemoryOutbox(context);
    }

    private static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator cfg)
    {
        BusOptions options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        cfg.Host(options.Host, (ushort)options.Port, options.VirtualHost, h =>
        {
            h.Username(options.Username);
            h.Password(options.ReadPassword());
        });
        cfg.ConfigureEndpoints(context);
    }
}
