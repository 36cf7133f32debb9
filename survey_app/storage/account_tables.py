"""The tables of accounts, in the form Flask-Security expects; nothing about when or where somebody signed in."""

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey_app.extensions import db
from survey_app.storage.tables import CODE, EMAIL, LANGUAGE

account_role = Table(
    "account_role",
    db.metadata,
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class RoleRow(db.Model, RoleMixin):
    """A role that holds in every network; only ``system_admin`` does. All others are memberships."""

    __tablename__ = "role"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(CODE, unique=True)
    description: Mapped[str] = mapped_column(String(200), default="")


class AccountRow(db.Model, UserMixin):
    """Somebody who signs in. `fs_uniquifier` names all their sign-ins: a new one ends every session."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(EMAIL, unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(LANGUAGE)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes = mapped_column(MutableList.as_mutable(AsaList()), nullable=True)
    roles = relationship("RoleRow", secondary=account_role)


class MembershipRow(db.Model):
    """What somebody may do in one network."""

    __tablename__ = "membership"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(CODE)


class SignInAttemptRow(db.Model):
    """Failed sign-ins of one account name in the present window; keyed by a hash, so no mail address is kept."""

    __tablename__ = "sign_in_attempt"
    account_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    failure_count: Mapped[int] = mapped_column(default=0)
