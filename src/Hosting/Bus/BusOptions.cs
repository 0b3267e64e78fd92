using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Hosting.Bus;

/// <summary>Section <c>Bus</c>: how messages travel.</summary>
public sealed class BusOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Bus";

    /// <summary>The transport.</summary>
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>Host name of the RabbitMQ broker.</summary>
    [Required]
    public string Host { get; set; } = "localhost";

    /// <summary>AMQP port of the broker.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 5672;

    /// <summary>Virtual host.</summary>
    [Required]
    public string VirtualHost { get; set; } = "/";

    /// <summary>User name.</summary>
    [Required]
    public string Username { get; set; } = "guest";

    /// <summary>Password; ignored when <see cref="PasswordFile"/> is set.</summary>
    public string Password { get; set; } = "guest";

    /// <summary>File that holds the password, for secrets mounted as files.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Deliveries of one message that may end in a lost connection or a dead process before the broker sets it aside.</summary>
    [Range(1, 100)]
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>The password, from the file where one is named.</summary>
    internal string ReadPassword() => PasswordFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : Password;
}

/// <summary>Message transports.</summary>
public enum BusTransport
{
    /// <summary>Inside this process; what is in flight when it ends is announced again from SQL at the next start.</summary>
    InMemory,

    /// <summary>A RabbitMQ broker, quorum queues.</summary>
    RabbitMq,
}
