using System.Data.Common;
using System.Net.Sockets;
using HccPipeline.Persistence.Database;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Tells faults of the surroundings, which pass, from those of the brick, which are counted against it.</summary>
internal static class PassingFault
{
    /// <summary>Whether the exception, or one that it came from, says that the database, the store or the network is away for a while.</summary>
    public static bool Is(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case FileNotFoundException or EndOfStreamException:   // a blob that is not there, or cut short, stays so
                    return false;
                case DbException database:
                    return DatabaseFault.IsPassing(database);
                case IOException or HttpRequestException or SocketException or TimeoutException or OperationCanceledException:
                    return true;
            }
        }
        return false;
    }
}
