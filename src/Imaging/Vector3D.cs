namespace HccPipeline.Imaging;

/// <summary>A point or direction in patient space (LPS: +x to the patient's left, +y to posterior, +z to head), in mm where it is a length.</summary>
/// <param name="X">Left component.</param>
/// <param name="Y">Posterior component.</param>
/// <param name="Z">Superior component.</param>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>The origin.</summary>
    public static Vector3D Zero => default;

    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>Sum of two vectors.</summary>
    public static Vector3D operator +(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference of two vectors.</summary>
    public static Vector3D operator -(Vector3D a, Vector3D b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Opposite vector.</summary>
    public static Vector3D operator -(Vector3D a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>Vector scaled by a factor.</summary>
    public static Vector3D operator *(Vector3D a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    /// <summary>Scalar product.</summary>
    public double Dot(Vector3D other) => X * other.X + Y * other.Y + Z * other.Z;

    /// <summary>Right-handed cross product.</summary>
    public Vector3D Cross(Vector3D other) =>
        new(Y * other.Z - Z * other.Y, Z * other.X - X * other.Z, X * other.Y - Y * other.X);

    /// <summary>The vector of length 1 in the same direction.</summary>
    /// <exception cref="InvalidOperationException">The vector has length 0.</exception>
    public Vector3D Normalized()
    {
        double length = Length;
        return length > 0 ? this * (1 / length) : throw new InvalidOperationException("A vector of length 0 has no direction.");
    }
}
