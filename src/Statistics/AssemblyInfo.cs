using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("HccPipeline.Statistics.Tests")]
