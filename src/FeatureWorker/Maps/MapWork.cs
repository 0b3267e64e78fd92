using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>What a <c>prepare</c> brick has to do: make the volumes of a series, or of phases, ready for maps.</summary>
public sealed record PrepareWork
{
    /// <summary>The series and its regions.</summary>
    public required BrickWork Source { get; init; }
}

/// <summary>What a <c>box</c> brick has to do: the maps of one box.</summary>
public sealed record BoxWork
{
    /// <summary>The image.</summary>
    public required MapSubject Subject { get; init; }

    /// <summary>First voxel and extent: x, y, z, then voxels along each, in the stored volumes.</summary>
    public required IReadOnlyList<int> Box { get; init; }

    /// <summary>The box.</summary>
    internal VoxelBox ToVoxelBox() => new(Box[0], Box[1], Box[2], Box[3], Box[4], Box[5]);

    /// <summary>The work of a box.</summary>
    internal static BoxWork Of(MapSubject subject, VoxelBox b) => new() { Subject = subject, Box = [b.X, b.Y, b.Z, b.SizeX, b.SizeY, b.SizeZ] };
}

/// <summary>What a <c>collect</c> brick has to do: describe the maps that its siblings made.</summary>
public sealed record CollectWork
{
    /// <summary>Name of the sequence, first in every feature's name.</summary>
    public required string Sequence { get; init; }

    /// <summary>Images whose maps there are.</summary>
    public required IReadOnlyList<MapSubject> Subjects { get; init; }
}
