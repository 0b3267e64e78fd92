using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("HccPipeline.Radiomics.Tests")]
